import { setImmediate } from 'node:timers/promises'
import { LAST_OF_SOURCE } from '@/lib/dataset/overview-store'
import { bulk } from '@/lib/db'

export type ProblemRow = { id: number; importId: number; source: string; path: string; line: number | null; why: string }
export type ProblemQuery = { datasetId: number; importId?: number; why?: string; after?: number; limit: number }
export type ProblemGroup = { why: string; count: number }

const CHUNK = 1000
/** Reasons that are counted one by one; the rest stands in the list. */
const REASONS = 12

const where = ({ datasetId, importId, why }: Omit<ProblemQuery, 'limit'>) => ({
  sql: `i.datasetId = ? AND ${importId === undefined ? LAST_OF_SOURCE : 'p.importId = ?'} ${why === undefined ? '' : 'AND p.why = ?'}`,
  params: [datasetId, ...(importId === undefined ? [] : [importId]), ...(why === undefined ? [] : [why])],
})

/** A page of a dataset's problems in the order in which they were met: those of one import, or of the last reading of each source. */
export function problemPage(query: ProblemQuery): { problems: ProblemRow[]; next?: number } {
  const { sql, params } = where(query)
  const rows = bulk()
    .prepare(`SELECT p.id, p.importId, i.source, p.path, p.line, p.why FROM Problem p JOIN Import i ON i.id = p.importId WHERE ${sql} AND p.id > ? ORDER BY p.id LIMIT ?`)
    .all(...params, query.after ?? 0, query.limit + 1) as ProblemRow[]
  const problems = rows.slice(0, query.limit)
  return { problems, next: rows.length > query.limit ? problems[query.limit - 1].id : undefined }
}

/** How many problems there are, and the reasons that come up most. */
export function problemCounts(query: Omit<ProblemQuery, 'limit'>): { count: number; reasons: ProblemGroup[] } {
  const { sql, params } = where(query)
  const from = `FROM Problem p JOIN Import i ON i.id = p.importId WHERE ${sql}`
  return {
    count: bulk().prepare(`SELECT count(*) ${from}`).pluck().get(...params) as number,
    reasons: bulk().prepare(`SELECT p.why, count(*) AS count ${from} GROUP BY 1 HAVING count(*) > 1 ORDER BY 2 DESC, 1 LIMIT ${REASONS}`).all(...params) as ProblemGroup[],
  }
}

/** Every problem, in chunks. */
export async function* allProblems(query: Omit<ProblemQuery, 'limit' | 'after'>): AsyncGenerator<ProblemRow[]> {
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page = problemPage({ ...query, after, limit: CHUNK })
    if (page.problems.length > 0) yield page.problems
    after = page.next
    await setImmediate()
  }
}
