import { Sight, SIGHT_VERSION } from '@/lib/captioner/builtin/sight'
import { bulk } from '@/lib/db'
import { AppError } from '@/lib/errors'
import type { DatasetSettings } from '@/lib/dataset/schema'
import { claimChecks } from './checks'
import { CLAIM_VERSION, type Judged } from './judge'
import { Ground, type ClaimView } from './schema'

/** The version of results, and of the settings they were made with: a switch that is turned, or another threshold, makes them anew. Below 2³¹. */
export const resultVersion = ({ rulesOff, wordModel, alignmentThreshold }: Pick<DatasetSettings, 'rulesOff' | 'wordModel' | 'alignmentThreshold'>): number => {
  const hundredths = Math.min(99_999, Math.max(0, Math.round((alignmentThreshold + 500) * 100)))
  return CLAIM_VERSION * 1e8 + hundredths * 1000 + claimChecks.reduce((bits, one, i) => bits + (rulesOff.includes(one.id) ? 2 << i : 0), Number(wordModel))
}
export const ALIGNMENT = 'alignment'

/** Pictures of these samples that nobody looked at with this version, and that can be read here: one behind a web address is not fetched unasked. */
export function unseen(sampleIds: readonly number[]): number[] {
  return bulk()
    .prepare(`SELECT DISTINCT m.id FROM Sample s JOIN Media m ON m.id = s.mediaId WHERE s.id IN (SELECT value FROM json_each(?)) AND m.fault IS NULL
      AND (m.place <> 'url' OR m.member IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM Sight g WHERE g.mediaId = m.id AND g.version = ?) ORDER BY m.id`)
    .pluck().all(JSON.stringify(sampleIds), SIGHT_VERSION) as number[]
}

/** Up to `most` sights of a dataset, spread over it evenly: what base rates are taken from. */
export function* sightsOf(datasetId: number, most = 20_000): Generator<Sight> {
  const count = bulk().prepare(`SELECT count(*) FROM Sample WHERE datasetId = ?`).pluck().get(datasetId) as number
  const step = Math.max(1, Math.floor(count / most))
  const rows = bulk().prepare(`SELECT g.data FROM Sample s JOIN Sight g ON g.mediaId = s.mediaId AND g.version = ? WHERE s.datasetId = ? AND s.id > ? AND s.id <= ? AND s.id % ? = 0 ORDER BY s.id`).pluck()
  const [from, to] = Object.values(bulk().prepare(`SELECT coalesce(min(id), 1) - 1 AS first, coalesce(max(id), 0) AS last FROM Sample WHERE datasetId = ?`).get(datasetId) as { first: number; last: number })
  const CHUNK = 500
  for (let at = from; at < to; at += CHUNK * step) for (const data of rows.all(SIGHT_VERSION, datasetId, at, at + CHUNK * step, step) as string[]) yield Sight.parse(JSON.parse(data))
}

/** The picture of each sample that has one, and its alt text. */
export const picturesOf = (sampleIds: readonly number[]): Map<number, { mediaId: number; alt: string | null }> =>
  new Map(
    (bulk()
      .prepare(`SELECT s.id, s.mediaId, (SELECT a.text FROM Caption a WHERE a.sampleId = s.id AND a.kind = 'alt' AND a.retiredAt IS NULL ORDER BY a.id LIMIT 1) AS alt FROM Sample s WHERE s.id IN (SELECT value FROM json_each(?)) AND s.mediaId IS NOT NULL`)
      .all(JSON.stringify(sampleIds)) as { id: number; mediaId: number; alt: string | null }[]).map(({ id, ...row }) => [id, row]),
  )

export type ToCheck = { captionId: number; sampleId: number; mediaId: number; text: string; kind: string; origin: string; alt: string | null }

/** Captions of these samples whose picture was looked at and which were not checked with this version, or `anew`. */
export function toCheck(sampleIds: readonly number[], anew: boolean, version: number): ToCheck[] {
  return bulk()
    .prepare(`SELECT c.id AS captionId, c.sampleId, s.mediaId, c.text, c.kind, c.origin,
        (SELECT a.text FROM Caption a WHERE a.sampleId = s.id AND a.kind = 'alt' AND a.retiredAt IS NULL ORDER BY a.id LIMIT 1) AS alt
      FROM Sample s JOIN Caption c ON c.sampleId = s.id AND c.retiredAt IS NULL
      WHERE s.id IN (SELECT value FROM json_each(?)) AND EXISTS (SELECT 1 FROM Sight g WHERE g.mediaId = s.mediaId AND g.version = ?)
        AND (? OR NOT EXISTS (SELECT 1 FROM Score sc WHERE sc.captionId = c.id AND sc.metric = ? AND sc.version = ?)) ORDER BY c.id`)
    .all(JSON.stringify(sampleIds), SIGHT_VERSION, Number(anew), ALIGNMENT, version) as ToCheck[]
}

/** Keeps what was found about captions; a person's keep or strike of the very same claim stays. */
export function keepChecked(all: readonly Judged[], version: number): void {
  const sql = bulk()
  const before = sql.prepare(`SELECT start, end, sort, decision, decidedBy FROM Claim WHERE captionId = ? AND decision IS NOT NULL`)
  const clear = sql.prepare(`DELETE FROM Claim WHERE captionId = ?`)
  const add = sql.prepare(`INSERT INTO Claim (captionId, start, end, sort, text, about, dependsOn, verdict, evidence, decision, decidedBy, splitBy, checkedBy) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const score = sql.prepare(`INSERT INTO Score (captionId, metric, version, value, detail) VALUES (?, ?, ?, ?, ?) ON CONFLICT (captionId, metric) DO UPDATE SET version = excluded.version, value = excluded.value, detail = excluded.detail`)
  sql.transaction(() => {
    for (const { captionId, claims, splitBy, score: value, verdict, terms } of all) {
      const decided = new Map((before.all(captionId) as { start: number; end: number; sort: string; decision: string; decidedBy: string }[]).map((one) => [`${one.start} ${one.end} ${one.sort}`, one]))
      clear.run(captionId)
      const ids: number[] = []
      for (const claim of claims) {
        const old = decided.get(`${claim.start} ${claim.end} ${claim.sort}`)
        ids.push(Number(add.run(captionId, claim.start, claim.end, claim.sort, claim.text, JSON.stringify(claim.about), claim.dependsOn === null ? null : ids[claim.dependsOn], claim.verdict, JSON.stringify(claim.ground), old?.decision ?? null, old?.decidedBy ?? null, splitBy, claim.checkedBy ?? `detector@${CLAIM_VERSION}`).lastInsertRowid))
      }
      score.run(captionId, ALIGNMENT, version, value, JSON.stringify({ verdict, why: terms.map((term) => term.says), terms }))
    }
  })()
}

type Raw = Omit<ClaimView, 'evidence'> & { evidence: string }

/** Claims of these captions, in the order of their text. */
export function claimsOf(captionIds: readonly number[]): ClaimView[] {
  const rows = bulk().prepare(`SELECT id, captionId, sort, start, end, text, dependsOn, verdict, evidence, decision, decidedBy, splitBy, checkedBy FROM Claim WHERE captionId IN (SELECT value FROM json_each(?)) ORDER BY captionId, start, id`).all(JSON.stringify(captionIds)) as Raw[]
  return rows.map((row) => ({ ...row, evidence: Ground.parse(JSON.parse(row.evidence)) }))
}

/** Keeps or strikes a claim in a person's name; null takes that back. */
export function decideClaim(id: number, decision: 'keep' | 'strike' | null, decidedBy: string): ClaimView {
  const captionId = bulk().prepare(`UPDATE Claim SET decision = ?, decidedBy = ? WHERE id = ? RETURNING captionId`).pluck().get(decision, decision && decidedBy, id) as number | undefined
  const found = captionId === undefined ? undefined : claimsOf([captionId]).find((claim) => claim.id === id)
  if (!found) throw new AppError('not_found', `There is no claim ${id}; the caption may have been checked anew. Open the sample again.`)
  return found
}

/** The caption that all of these claims belong to. Throws 'not_found', or 'invalid' when they belong to several. */
export function captionOfClaims(ids: readonly number[]): number {
  const captions = bulk().prepare(`SELECT DISTINCT captionId FROM Claim WHERE id IN (SELECT value FROM json_each(?)) ORDER BY captionId`).pluck().all(JSON.stringify(ids)) as number[]
  if (captions.length === 0) throw new AppError('not_found', `There is no claim ${ids.join(', ')}; the caption may have been checked anew. Open the sample again.`)
  if (captions.length > 1) throw new AppError('invalid', 'These claims belong to several captions. Strike those of one caption at a time.')
  return captions[0]
}
