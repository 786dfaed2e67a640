import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { indexText } from '@/lib/caption/store'
import { bulk } from '@/lib/db'
import { createDataset, findDataset, forgetEmpty } from '@/lib/dataset/store'
import { env } from '@/lib/env'
import { AppError, messageOf } from '@/lib/errors'
import { isProblem, type ImportBatch, type ImportedSample, type ImportProblem } from '@/lib/format/types'
import { log } from '@/lib/log'
import { logFolder } from '@/lib/log-folder'
import { diskError } from '@/lib/media/disk'
import { readyAll, type LookOptions, type Ready } from './pictures'
import { pictureFinder, sampleWriter } from './sample-store'
import type { ImportProblemView, ImportProgress, ImportRequest, ImportResult } from './schema'
import { mappingOf, openSource, type Opened } from './source'
import { endUpload } from './upload'
import { finishImport, importById, openImport, problemsOf, rewind, type ImportRow } from './store'

export type ImportOptions = {
  onProgress?: (progress: ImportProgress) => void
  signal?: AbortSignal
  /** the path was given by a person on the command line: its folder may be read from now on */
  trusted?: boolean
}
/** `again`: the source is read from its start although parts of it were written before. */
type Job = { row: ImportRow; again?: boolean; opened: Opened; look: LookOptions; options: ImportOptions; folder: ReturnType<typeof logFolder> }

/** What a write transaction may take, so that a person's verdict never waits long: half of the 50 ms that locks are allowed. */
const LOCK_MS = 25
const FEWEST = 20
const MOST = 2000
/** Captions of one step of full text: each step leaves a part that is merged later, so fewer are cheaper. */
const MOST_TEXTS = 10_000
/** KB of pages kept in memory while much is written: the index of hashes is written all over. */
const CACHE_KB = 98_304

const asProblem = ({ problem, path: at, line }: ImportProblem): ImportProblemView => ({ path: at, ...(line !== undefined && { line }), why: problem })
const keyOf = (item: ImportedSample | ImportProblem) => (isProblem(item) ? `!${item.path}:${item.line ?? ''}` : item.key)

/** A failure of the database in words; a full disk is "later", and the import goes on where it was. */
function databaseError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('SQLITE_BUSY')) return new AppError('unavailable', 'The database is held by another program. Import again in a moment; it goes on where it was.', { cause: error })
  if (code === 'SQLITE_READONLY') return new AppError('unavailable', `${env.database} cannot be written. Make it writable, or choose another RECAPTION_HOME.`, { cause: error })
  return code === 'SQLITE_FULL' ? diskError(error, env.database, 'import again; it goes on where it was') : error
}

/** On a full disk not even this can be written; the row then stays `running`, which goes on just as well. */
function noteFailure(id: number, why: string): void {
  try {
    finishImport(id, 'failed', why)
  } catch (error) {
    log.warn({ import: id }, `the end of the import could not be noted: ${messageOf(error)}`)
  }
}

/** What is left of a batch after the part that an earlier start wrote; undefined when the source is not the one it was. */
function leftOf(batch: ImportBatch, from: number, row: ImportRow): ImportBatch | undefined {
  if (row.cursor <= from) return batch
  if (row.cursor > from + batch.length) return []
  const last = batch[row.cursor - from - 1]
  return keyOf(last) === row.cursorKey ? batch.slice(row.cursor - from) : undefined
}

/** Samples stay in the source's order; only what has a picture to read waits for it. */
async function readyBatch(batch: ImportBatch, look: LookOptions): Promise<(Ready | ImportProblemView)[]> {
  const samples = batch.filter((item): item is ImportedSample => !isProblem(item))
  const ready = await readyAll(samples, look)
  let next = 0
  return batch.map((item) => (isProblem(item) ? asProblem(item) : ready[next++]))
}

async function readRows({ row, again, opened, look, options, folder }: Job): Promise<'read' | 'changed'> {
  const write = sampleWriter({ importId: row.id, datasetId: row.datasetId, again })
  let at = 0
  let chunk = 200
  for await (const batch of opened.format.read!(opened.source)) {
    options.signal?.throwIfAborted()
    const left = leftOf(batch, at, row)
    if (left === undefined) return 'changed'
    at += batch.length
    if (left.length === 0) continue
    const items = await readyBatch(left, look)
    for (let from = 0; from < items.length; ) {
      const part = items.slice(from, from + chunk)
      const start = performance.now()
      const base = at - items.length + from
      write(part, { from: base, to: base + part.length, key: keyOf(left[from + part.length - 1]) })
      from += part.length
      chunk = Math.round(Math.min(MOST, Math.max(FEWEST, (part.length * LOCK_MS) / Math.max(1, performance.now() - start))))
      folder.turn()
      await setImmediate()
    }
    options.onProgress?.(progressOf('reading', importById(row.id)))
  }
  // A source that ends before the mark is not the one that was read before.
  return at < row.cursor ? 'changed' : 'read'
}

const progressOf = (stage: ImportProgress['stage'], row: ImportRow): ImportProgress => ({ stage, read: row.cursor, added: row.added, skipped: row.skipped, captions: row.captions, problems: row.problems })

/** Full text of what came in, in steps that hold the lock no longer than rows do. */
async function indexAll({ row, options, folder }: Job): Promise<void> {
  let chunk = 500
  for (;;) {
    options.signal?.throwIfAborted()
    const start = performance.now()
    const taken = indexText(chunk)
    if (taken === 0) return
    chunk = Math.round(Math.min(MOST_TEXTS, Math.max(FEWEST, (chunk * LOCK_MS) / Math.max(1, performance.now() - start))))
    folder.turn()
    options.onProgress?.(progressOf('indexing', importById(row.id)))
    await setImmediate()
  }
}

/** Where the caption file of a sample is, when the format has such files, they are the person's own, and each holds one caption. */
function sidecarOf({ format, source }: Opened, uploaded: boolean): LookOptions['sidecar'] {
  if (format.id !== 'sidecar' || uploaded || source.mapping.separator) return undefined
  return async ({ at }) => (at && /\.(txt|caption)$/i.test(at.path) ? source.file(at.path) : undefined)
}

async function work(job: Job): Promise<void> {
  if ((await readRows(job)) === 'changed') {
    rewind(job.row.id)
    await readRows({ ...job, row: importById(job.row.id), again: true })
  }
  await indexAll(job)
}

/**
 * Reads a source into a dataset, which is made when it is not there. Bad rows and pictures become problems and the rest
 * goes on; what is there already is skipped, so importing again adds nothing; an import that was killed goes on where it
 * was when the same one is asked for. Throws AppError when the source cannot be opened at all, or the disk is full.
 */
export async function importNow(request: ImportRequest, options: ImportOptions = {}): Promise<ImportResult> {
  const opened = await openSource(request, options)
  const db = bulk()
  const cache = db.pragma('cache_size', { simple: true })
  const folder = logFolder()
  try {
    const where = path.resolve(request.source)
    const uploaded = where.startsWith(env.uploads + path.sep)
    const copy = request.copy || uploaded
    const known = await findDataset(request.dataset)
    const dataset = known ?? (await createDataset({ name: request.dataset }))
    const row = openImport({ datasetId: dataset.id, source: where, format: opened.format.id, mapping: JSON.stringify(mappingOf(request)), copy })
    db.pragma(`cache_size = -${CACHE_KB}`)
    try {
      await work({ row, opened, look: { copy, pictureAt: pictureFinder(dataset.id), sidecar: sidecarOf(opened, uploaded) }, options, folder })
      finishImport(row.id, 'done')
      if (uploaded) await endUpload(where)
    } catch (error) {
      const told = databaseError(error)
      noteFailure(row.id, options.signal?.aborted ? 'stopped' : messageOf(told))
      // A source of which not one row could be read leaves no empty dataset behind.
      if (!known && importById(row.id).cursor === 0) forgetEmpty(dataset.id)
      throw told
    }
    const done = importById(row.id)
    return { dataset: dataset.name, importId: row.id, added: done.added, skipped: done.skipped, captions: done.captions, problems: problemsOf(row.id).map(({ id: _, ...problem }) => problem), problemCount: done.problems }
  } finally {
    db.pragma(`cache_size = ${Number(cache)}`)
    await folder.close()
    await opened.close()
  }
}
