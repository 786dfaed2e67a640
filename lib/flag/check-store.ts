import { bulk } from '@/lib/db'

/** One text under the rules; `captionId` is null for a sample that has no caption at all. */
export type CheckText = { sampleId: number; key: string; captionId: number | null; text: string | null | undefined; kind: string | null; origin: string | null; textHash: string }

export function checkTexts(sampleIds: readonly number[]): CheckText[] {
  return bulk()
    .prepare(`SELECT s.id AS sampleId, s.key, c.id AS captionId, c.text, c.kind, c.origin, coalesce(c.textHash, '') AS textHash
      FROM Sample s LEFT JOIN Caption c ON c.sampleId = s.id AND c.retiredAt IS NULL
      WHERE s.id IN (SELECT value FROM json_each(?)) ORDER BY s.id, c.id`)
    .all(JSON.stringify(sampleIds)) as CheckText[]
}

/**
 * The texts that stand in two samples or more as a caption of the same kind, with how many, by "kind hash". One pass over
 * all captions: an index of texts would cost every import more than this costs a check.
 */
export function sameTexts(datasetId: number): Map<string, number> {
  const rows = bulk()
    .prepare(`SELECT kind || ' ' || textHash AS id, count(DISTINCT sampleId) AS count FROM Caption NOT INDEXED
      WHERE datasetId = ? AND retiredAt IS NULL GROUP BY kind, textHash HAVING count > 1`)
    .all(datasetId) as { id: string; count: number }[]
  return new Map(rows.map((row) => [row.id, row.count]))
}
