import type { Statement } from 'better-sqlite3'
import { insertCaptions } from '@/lib/caption/store'
import type { NewCaption } from '@/lib/caption/schema'
import { bulk } from '@/lib/db'
import { raiseFlags, type NewFlag } from '@/lib/flag/store'
import type { ImportedCaption } from '@/lib/format/types'
import { mediaById, mediaWriter, type MediaRow, type NewMedia } from '@/lib/media/store'
import { manyInserter, nextId } from '@/lib/rows'
import { purgedFrom } from '@/lib/sample/tombstone-store'
import type { Ready } from './pictures'
import type { ImportProblemView } from './schema'
import { advance, noteProblems, type Taken } from './store'

type Known = { id: number; importId: number | null; mediaId: number | null }
type Held = { kind: string; origin: string; model: string | null; text: string }

/** Characters of JSON that a sample's source columns may have. */
const LONGEST_META = 1_000_000

/** Finds the picture that a key of the dataset stands for. */
export function pictureFinder(datasetId: number): (key: string) => MediaRow | undefined {
  const find = bulk().prepare(`SELECT mediaId FROM Sample WHERE datasetId = ? AND key = ?`).pluck() as Statement<[number, string], number | null>
  return (key) => {
    const id = find.get(datasetId, key)
    return id == null ? undefined : mediaById(id)
  }
}

/** By bytes where they are known; a URL by itself, fetched or not. */
const samePicture = (held: Pick<MediaRow, 'place' | 'path' | 'sha256'>, media: NewMedia): boolean => (media.place === 'url' && held.place === 'url' ? media.path === held.path : media.sha256 != null && media.sha256 === held.sha256)

const sameCaption = (held: Held, caption: ImportedCaption) => held.kind === caption.kind && held.origin === caption.origin && held.text === caption.text && held.model === (caption.model ?? null)

/** Writes samples of one import, a chunk a call; the statements are prepared once. */
export function sampleWriter(job: { importId: number; datasetId: number; again?: boolean }) {
  const db = bulk()
  const find = db.prepare(`SELECT s.key, s.id, s.importId, s.mediaId FROM json_each(?) j CROSS JOIN Sample s ON s.datasetId = ? AND s.key = j.value`) as Statement<[string, number], Known & { key: string }>
  const putSamples = manyInserter(db, 'Sample', ['id', 'key', 'position', 'mediaId', 'meta'], ['datasetId', 'importId'])
  const putUrls = manyInserter(db, 'Media', ['id', 'path', 'width', 'height'], ['place'])
  const captionsOf = db.prepare(`SELECT kind, origin, model, text FROM Caption WHERE sampleId = ?`) as Statement<[number], Held>
  const sidecarAt = db.prepare(`SELECT sha256 FROM SourceFile WHERE datasetId = ? AND path = ?`).pluck()
  const putSidecar = db.prepare(`INSERT INTO SourceFile (datasetId, sampleId, path, sha256) VALUES (?, ?, ?, ?)`)
  const putMedia = mediaWriter()
  const purged = purgedFrom(job.datasetId)
  // Several rows may speak of one sample; what is counted is samples.
  const counted = new Set<number>()

  function write(items: readonly (Ready | ImportProblemView)[], mark: { from: number; to: number; key: string }): Taken {
    const taken: Taken = { added: 0, skipped: 0, captions: 0, problems: 0 }
    const captions: NewCaption[] = []
    const flags: NewFlag[] = []
    const problems: ImportProblemView[] = []
    const keys = items.flatMap((item) => ('why' in item ? [] : [item.sample.key]))
    const known = new Map<string, Known>(find.all(JSON.stringify(keys), job.datasetId).map((one) => [one.key, one]))
    // Rows are written many at a time, so their ids are chosen here; a hash may be known already, so pictures of files are not.
    const samples: (string | number | null)[][] = []
    const urls: (string | number | null)[][] = []
    const [firstSample, firstUrl] = [nextId(db, 'Sample'), nextId(db, 'Media')]
    const onlyUrls = items.every((item) => 'why' in item || 'problem' in item || item.media === null || item.media.place === 'url')
    const mediaIdOf = (media: NewMedia): number => (onlyUrls ? firstUrl + urls.push([firstUrl + urls.length, media.path, media.width ?? null, media.height ?? null]) - 1 : putMedia(media))
    const pictureOf = (id: number): Pick<MediaRow, 'place' | 'path' | 'sha256'> => (onlyUrls && id >= firstUrl ? { place: 'url', path: String(urls[id - firstUrl][1]), sha256: null } : mediaById(id))
    const sidecars = new Map<string, { sampleId: number; sha256: string }>()
    // Captions of samples that this chunk has touched but not yet written.
    const pending = new Map<number, Held[]>()

    const add = (sampleId: number, list: readonly ImportedCaption[], held: Held[]) => {
      let count = 0
      for (const caption of list) {
        if (held.some((one) => sameCaption(one, caption))) continue
        held.push({ ...caption, model: caption.model ?? null })
        captions.push({ datasetId: job.datasetId, sampleId, text: caption.text, kind: caption.kind, origin: caption.origin, model: caption.model })
        count++
      }
      pending.set(sampleId, held)
      return count
    }
    const take = (item: Exclude<Ready, { problem: string }>, position: number) => {
      const { sample, media, sidecar } = item
      const held = known.get(sample.key)
      // Two pictures may share a caption file: it belongs to the first.
      const seen = sidecar && (sidecars.get(sidecar.path)?.sha256 ?? sidecarAt.get(job.datasetId, sidecar.path))
      if (!held) {
        if (purged(sample.key, media?.sha256 ?? null)) return void problems.push(placed(sample, `“${sample.key}” was removed from here for good, or its picture was; it was not taken.`))
        const meta = sample.meta ? JSON.stringify(sample.meta) : null
        if (meta !== null && meta.length > LONGEST_META) return void problems.push(placed(sample, `The other columns of “${sample.key}” are larger than ${LONGEST_META.toLocaleString('en')} characters.`))
        const mediaId = media && mediaIdOf(media)
        const id = firstSample + samples.length
        samples.push([id, sample.key, position, mediaId, meta])
        known.set(sample.key, { id, importId: job.importId, mediaId })
        taken.added++
        add(id, sample.captions, [])
        if (sidecar && seen === undefined) sidecars.set(sidecar.path, { sampleId: id, sha256: sidecar.sha256 })
        if (sample.emptyAlt) flags.push({ datasetId: job.datasetId, sampleId: id, rule: 'empty', evidence: 'the alt text is blank' })
        return
      }
      if (media && !(held.mediaId !== null && samePicture(pictureOf(held.mediaId), media))) return void problems.push(placed(sample, `The key “${sample.key}” stands for another picture already; this one was not taken. Give the pictures different keys.`))
      if (sidecar && seen === undefined) sidecars.set(sidecar.path, { sampleId: held.id, sha256: sidecar.sha256 })
      else if (sidecar && seen !== sidecar.sha256) return void problems.push({ path: sidecar.path, why: 'The caption file changed since it was imported; its captions were not taken. Decide the conflict under “Caption files”.' })
      const further = add(held.id, sample.captions, pending.get(held.id) ?? captionsOf.all(held.id))
      if (further > 0 || held.importId === job.importId || counted.has(held.id)) return
      counted.add(held.id)
      taken.skipped++
    }

    items.forEach((item, i) => {
      if ('why' in item) problems.push(item)
      else if ('problem' in item) problems.push(placed(item.sample, item.problem))
      else take(item, mark.from + i)
    })
    putUrls(urls, { place: 'url' })
    putSamples(samples, { datasetId: job.datasetId, importId: job.importId })
    for (const [path, { sampleId, sha256 }] of sidecars) putSidecar.run(job.datasetId, sampleId, path, sha256)
    insertCaptions(captions)
    taken.captions = captions.length
    if (flags.length) raiseFlags(flags)
    if (problems.length) taken.problems = noteProblems(job.importId, problems)
    advance(job.importId, mark.to, mark.key, taken)
    return taken
  }
  return (items: readonly (Ready | ImportProblemView)[], mark: { from: number; to: number; key: string }): Taken => db.transaction(() => write(items, mark)).immediate()
}

const placed = (sample: { key: string; at?: { path: string; line?: number } }, why: string): ImportProblemView => ({ path: sample.at?.path ?? sample.key, ...(sample.at?.line !== undefined && { line: sample.at.line }), why })
