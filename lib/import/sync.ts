import { readFile } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { headOf } from '@/lib/caption/head'
import { captionsOf, indexText, insertCaptions } from '@/lib/caption/store'
import { bulk } from '@/lib/db'
import { AppError, isAppError } from '@/lib/errors'
import { unstorable } from '@/lib/format/row'
import { decodedText } from '@/lib/format/text'
import { diskError, writeAside } from '@/lib/media/disk'
import { allowedPath } from '@/lib/media/roots-store'
import { hashOf } from '@/lib/media/store'
import { noteSidecar, sidecarById, sidecarsOf, type SidecarRow } from './sync-store'

/** A caption file that is not as it was when it was read. `theirs`: what it says now; absent when it is gone. */
export type Conflict = { id: number; key: string; path: string; theirs?: string; ours?: string }
export type WrittenBack = { written: number; unchanged: number; undecided: number; conflicts: Conflict[] }

const PAGE = 500
const LISTED = 10_000
/** A caption file is small; what has grown beyond this is no longer one. */
const LONGEST = 4_000_000

async function* all(datasetId: number): AsyncIterable<SidecarRow> {
  for (let page = sidecarsOf(datasetId, 0, PAGE); page.length > 0; page = sidecarsOf(datasetId, page[page.length - 1].id, PAGE)) {
    yield* page
    await setImmediate()
  }
}

type Content = { text: string; sha256: string }

/** The file as it is, its text decoded as an import does; undefined when it is gone. */
async function contentOf(row: SidecarRow): Promise<Content | undefined> {
  try {
    const whole = await readFile(await allowedPath(row.path)).catch((error) => { throw diskError(error, row.path) })
    const bytes = whole.subarray(0, LONGEST)
    return { text: (await decodedText(bytes)).trim(), sha256: hashOf(bytes) }
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found') return undefined
    throw error
  }
}

const conflictOf = (row: SidecarRow, content: Content | undefined, kind: string): Conflict => ({
  id: row.id,
  key: row.key,
  path: row.path,
  ...(content && { theirs: content.text.toWellFormed() }),
  ours: headOf(captionsOf([row.sampleId]), kind)?.text,
})

/** Caption files that were changed or removed since they were read, at most 10,000 of them, each with both texts. */
export async function sidecarConflicts(datasetId: number, kind = 'alt'): Promise<Conflict[]> {
  const found: Conflict[] = []
  for await (const row of all(datasetId)) {
    const content = await contentOf(row)
    if (content?.sha256 === row.sha256) continue
    found.push(conflictOf(row, content, kind))
    if (found.length >= LISTED) break
  }
  return found
}

/**
 * Decides a conflict. `theirs`: the file's text comes in as a further caption, pending, beside those there are. `ours`:
 * nothing comes in, and the next writing back may replace the file. Throws 'conflict' when the file changed again meanwhile.
 */
export async function decideConflict(id: number, side: 'theirs' | 'ours'): Promise<void> {
  const row = sidecarById(id)
  if (!row) throw new AppError('not_found', `There is no caption file ${id}.`)
  const content = await contentOf(row)
  if (!content) throw new AppError('not_found', `${row.path} is gone. Put it back, or leave the caption as it is here.`)
  const { text, sha256 } = content
  const why = text === '' ? 'is blank' : unstorable(text)
  if (side === 'theirs' && why) throw new AppError('invalid', `${row.path} holds no caption that can be taken: it ${why}. Write it as UTF-8 text, or keep the caption as it is here.`)
  bulk()
    .transaction(() => {
      if (!noteSidecar(row, sha256)) throw new AppError('conflict', `${row.path} was decided by someone else. Look again.`)
      const there = captionsOf([row.sampleId]).some((caption) => caption.kind === 'alt' && caption.text === text)
      if (side === 'theirs' && !there) insertCaptions([{ datasetId: row.datasetId, sampleId: row.sampleId, text, kind: 'alt', origin: 'source' }])
    })
    .immediate()
  indexText()
}

/**
 * Writes approved captions of a kind back to the caption files they belong to: whole files under their names, never over
 * one that changed since it was read (those are the conflicts of the answer).
 */
export async function writeBack(datasetId: number, options: { kind: string; signal?: AbortSignal }): Promise<WrittenBack> {
  const done: WrittenBack = { written: 0, unchanged: 0, undecided: 0, conflicts: [] }
  for await (const row of all(datasetId)) {
    options.signal?.throwIfAborted()
    const head = headOf(captionsOf([row.sampleId]), options.kind, ['approved'])
    if (!head) {
      done.undecided++
      continue
    }
    const content = await contentOf(row)
    if (content?.text === head.text.trim()) done.unchanged++
    else if (content?.sha256 !== row.sha256) done.conflicts.push(conflictOf(row, content, options.kind))
    else {
      const bytes = Buffer.from(`${head.text}\n`)
      await writeAside(await allowedPath(row.path), bytes)
      noteSidecar(row, hashOf(bytes))
      done.written++
    }
  }
  return done
}
