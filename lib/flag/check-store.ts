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

/** How many samples of the dataset have each of these texts as a caption of the same kind, by "kind hash". */
export function sameTexts(datasetId: number, texts: readonly CheckText[]): Map<string, number> {
  const rows = bulk()
    .prepare(`SELECT kind || ' ' || textHash AS id, count(DISTINCT sampleId) AS count FROM Caption
      WHERE datasetId = ? AND textHash IN (SELECT value FROM json_each(?)) AND retiredAt IS NULL GROUP BY 1`)
    .all(datasetId, JSON.stringify([...new Set(texts.map((one) => one.textHash))])) as { id: string; count: number }[]
  return new Map(rows.map((row) => [row.id, row.count]))
}
