import { bulk } from '@/lib/db'

/** A newest row that lies further back than this is not looked for: finding it would read the rows of other datasets. */
const BACK = 50_000
const STATEMENTS = Object.fromEntries((['Caption', 'Sample', 'Verdict', 'Flag'] as const).map((table) => [table, `SELECT id FROM (SELECT id, datasetId FROM ${table} NOT INDEXED ORDER BY id DESC LIMIT ${BACK}) WHERE datasetId = ? LIMIT 1`])) as Record<'Caption' | 'Sample' | 'Verdict' | 'Flag', string>

/**
 * The newest id of a dataset in a table that only grows: changes with every new row of this dataset and of no other; 0
 * when there is none, or none among the newest of all.
 */
export const newestOf = (table: keyof typeof STATEMENTS, datasetId: number): number => (bulk().prepare(STATEMENTS[table]).pluck().get(datasetId) as number | undefined) ?? 0
