import { bulk } from '@/lib/db'

/** Pictures of a dataset that stand behind URLs. `waiting` ones were not fetched yet, or could not be reached so far. */
export type FetchState = { fetched: number; waiting: number; failed: number }
export type FailedFetch = { id: number; key: string; url: string; why: string }

const OF = `FROM Media m WHERE m.place = 'url' AND EXISTS (SELECT 1 FROM Sample s WHERE s.mediaId = m.id AND s.datasetId = ?)`

export const fetchState = (datasetId: number): FetchState =>
  bulk()
    .prepare(`SELECT coalesce(sum(m.fault IS NULL AND m.member IS NOT NULL), 0) AS fetched, coalesce(sum(m.fault IS NULL AND m.member IS NULL), 0) AS waiting, coalesce(sum(m.fault IS NOT NULL), 0) AS failed ${OF}`)
    .get(datasetId) as FetchState

/** Those that could not be fetched for good, with why, by id after `after`. */
export const failedFetches = (datasetId: number, after: number, limit: number): FailedFetch[] =>
  bulk()
    .prepare(`SELECT m.id, (SELECT s.key FROM Sample s WHERE s.mediaId = m.id AND s.datasetId = ? ORDER BY s.id LIMIT 1) AS key, m.path AS url, m.fault AS why ${OF} AND m.fault IS NOT NULL AND m.id > ? ORDER BY m.id LIMIT ?`)
    .all(datasetId, datasetId, after, limit) as FailedFetch[]

/** Lets what failed be fetched again; returns how many. Its flags go when it is there. */
export const forgetFailures = (datasetId: number): number =>
  bulk().prepare(`UPDATE Media SET fault = NULL WHERE id IN (SELECT m.id ${OF} AND m.fault IS NOT NULL)`).run(datasetId).changes
