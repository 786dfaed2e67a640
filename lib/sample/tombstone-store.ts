import { createHash } from 'node:crypto'
import { bulk } from '@/lib/db'

/** How a removed key is remembered: enough to know it again, nothing to read. */
export const buriedKey = (key: string): string => createHash('sha256').update(key).digest('hex')

/** Whether a sample of this name, or a picture with these bytes, was removed for good: it must not come back unasked. */
export function purgedFrom(datasetId: number): (key: string, sha256: string | null) => boolean {
  const find = bulk().prepare(`SELECT 1 FROM Tombstone WHERE (datasetId = ? AND keyHash = ?) OR mediaSha256 = ? LIMIT 1`)
  const any = bulk().prepare(`SELECT 1 FROM Tombstone LIMIT 1`)
  return (key, sha256) => any.get() !== undefined && find.get(datasetId, buriedKey(key), sha256) !== undefined
}
