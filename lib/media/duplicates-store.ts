import { setImmediate } from 'node:timers/promises'
import { bulk } from '@/lib/db'
import type { Hashed } from './duplicates'
import type { MediaRow } from './store'

const CHUNK = 500

/** Pictures of a dataset that were never looked at, by id after `after`; URLs that are not fetched only when asked for. */
export const unseen = (datasetId: number, after: number, limit: number, unfetched: boolean): MediaRow[] =>
  bulk()
    .prepare(`SELECT * FROM Media m WHERE m.id > ? AND m.phash IS NULL AND m.fault IS NULL ${unfetched ? '' : `AND (m.place <> 'url' OR m.member IS NOT NULL)`}
      AND EXISTS (SELECT 1 FROM Sample s WHERE s.mediaId = m.id AND s.datasetId = ?) ORDER BY m.id LIMIT ?`)
    .all(after, datasetId, limit) as MediaRow[]

/** The samples of a dataset that show one picture. */
export const samplesOf = (datasetId: number, mediaId: number): number[] => bulk().prepare(`SELECT id FROM Sample WHERE mediaId = ? AND datasetId = ? ORDER BY id`).pluck().all(mediaId, datasetId) as number[]

/** Every sample of a dataset whose picture was hashed, oldest first. */
export const hashedOf = (datasetId: number): Hashed[] =>
  bulk().prepare(`SELECT s.id, m.phash FROM Sample s JOIN Media m ON m.id = s.mediaId WHERE s.datasetId = ? AND m.phash IS NOT NULL ORDER BY s.id`).all(datasetId) as Hashed[]

/** Writes the groups of a dataset: each is named by its first sample. Only what changed is written, in short steps. */
export async function setGroups(datasetId: number, groups: readonly (readonly number[])[]): Promise<void> {
  const db = bulk()
  const wanted = new Map(groups.flatMap((group) => group.map((id) => [id, group[0]] as const)))
  const held = db.prepare(`SELECT id, groupId FROM Sample WHERE datasetId = ? AND groupId IS NOT NULL`).all(datasetId) as { id: number; groupId: number }[]
  const changes: [number | null, number][] = held.filter(({ id }) => !wanted.has(id)).map(({ id }) => [null, id])
  for (const { id, groupId } of held) if (wanted.get(id) === groupId) wanted.delete(id)
  for (const [id, group] of wanted) changes.push([group, id])
  const set = db.prepare(`UPDATE Sample SET groupId = ? WHERE id = ?`)
  for (let from = 0; from < changes.length; from += CHUNK) {
    db.transaction(() => changes.slice(from, from + CHUNK).forEach((change) => set.run(...change))).immediate()
    await setImmediate()
  }
}

/** Keys of samples by id. */
export function keysOf(ids: readonly number[]): Map<number, string> {
  const rows = bulk().prepare(`SELECT id, key FROM Sample WHERE id IN (SELECT value FROM json_each(?))`).all(JSON.stringify(ids)) as { id: number; key: string }[]
  return new Map(rows.map((row) => [row.id, row.key]))
}

/** Samples of a dataset on which a rule's flag is open. */
export const flaggedBy = (datasetId: number, rule: string): number[] =>
  bulk().prepare(`SELECT sampleId FROM Flag WHERE datasetId = ? AND rule = ? AND clearedAt IS NULL`).pluck().all(datasetId, rule) as number[]
