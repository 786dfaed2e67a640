import type { Usage } from '@/lib/captioner/types'
import { bulk, now } from '@/lib/db'
import { CLAIMS, type Split } from './ask-claims'
import { VERIFY, type ModelAnswer } from './ask-verify'

export type Step = 'claims' | 'verify'
const VERSION: Readonly<Record<Step, number>> = { claims: CLAIMS.version, verify: VERIFY.version }
/** A caption whose answers could not be read so often is left alone. */
export const TRIES = 3

export type AskLine = { datasetId: number; captionId: number; step: Step; /** "<captioner> <model>" */ model: string; answer?: unknown; error?: string; usage?: Usage; cost: number }

/** Keeps what a model answered, or why it did not; a failure counts as one more try and what it cost is added up. */
export function keepAsk({ datasetId, captionId, step, model, answer, error, usage, cost }: AskLine): void {
  bulk()
    .prepare(`INSERT INTO ClaimAsk (datasetId, captionId, step, model, version, status, answer, error, inputTokens, outputTokens, cost, createdAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (captionId, step, model, version) DO UPDATE SET status = excluded.status, attempts = attempts + 1, answer = excluded.answer, error = excluded.error,
        inputTokens = inputTokens + excluded.inputTokens, outputTokens = outputTokens + excluded.outputTokens, cost = cost + excluded.cost`)
    .run(datasetId, captionId, step, model, VERSION[step], error === undefined ? 'done' : 'failed', answer === undefined ? null : JSON.stringify(answer), error ?? null, usage?.inputTokens ?? 0, usage?.outputTokens ?? 0, cost, now())
}

/** The latest answer of each step for one caption, whoever gave it. */
export function asksOf(captionId: number): { split?: { by: string; split: Split }; verified?: { by: string; answers: (ModelAnswer | null)[]; spans: string[] } } {
  const rows = bulk().prepare(`SELECT step, model, version, answer FROM ClaimAsk WHERE captionId = ? AND status = 'done' AND version = CASE step WHEN 'claims' THEN ? ELSE ? END ORDER BY id DESC`).all(captionId, CLAIMS.version, VERIFY.version) as { step: Step; model: string; version: number; answer: string }[]
  const [claims, verify] = (['claims', 'verify'] as const).map((step) => rows.find((row) => row.step === step))
  return {
    ...(claims ? { split: { by: `${claims.model} claims@${claims.version}`, split: JSON.parse(claims.answer) as Split } } : {}),
    ...(verify ? { verified: { by: verify.model, ...(JSON.parse(verify.answer) as { answers: (ModelAnswer | null)[]; spans: string[] }) } } : {}),
  }
}

const OPEN = `c.datasetId = @datasetId AND c.retiredAt IS NULL AND NOT EXISTS (SELECT 1 FROM ClaimAsk a WHERE a.captionId = c.id AND a.step = @step AND a.model = @model AND a.version = @version AND (a.status = 'done' OR a.attempts >= ${TRIES}))`
const bound = (datasetId: number, step: Step, model: string) => ({ datasetId, step, model, version: VERSION[step] })

export type ToAsk = { captionId: number; sampleId: number; mediaId: number | null; text: string }

/** The captions of these samples that a step of this model has still to be asked about. */
export const toAsk = (sampleIds: readonly number[], datasetId: number, step: Step, model: string): ToAsk[] =>
  bulk()
    .prepare(`SELECT c.id AS captionId, c.sampleId, s.mediaId, c.text FROM Sample s JOIN Caption c ON c.sampleId = s.id JOIN Media m ON m.id = s.mediaId WHERE s.id IN (SELECT value FROM json_each(@ids)) AND m.fault IS NULL AND s.dropped = 0 AND trim(c.text) <> '' AND ${OPEN} ORDER BY c.id`)
    .all({ ids: JSON.stringify(sampleIds), ...bound(datasetId, step, model) }) as ToAsk[]

export type AskCount = { left: number; done: number; failed: number; characters: number }

/** How far a step of this model is in a dataset; `characters` of the captions that are left. */
export function countAsks(datasetId: number, step: Step, model: string): AskCount {
  const left = bulk().prepare(`SELECT count(*) AS left, coalesce(sum(length(c.text)), 0) AS characters FROM Caption c JOIN Sample s ON s.id = c.sampleId JOIN Media m ON m.id = s.mediaId WHERE m.fault IS NULL AND s.dropped = 0 AND trim(c.text) <> '' AND ${OPEN}`).get(bound(datasetId, step, model)) as { left: number; characters: number }
  const counts = bulk().prepare(`SELECT coalesce(sum(status = 'done'), 0) AS done, coalesce(sum(status = 'failed'), 0) AS failed FROM ClaimAsk WHERE datasetId = @datasetId AND step = @step AND model = @model AND version = @version`).get(bound(datasetId, step, model)) as { done: number; failed: number }
  return { ...left, ...counts }
}

/** What was spent on claims in a dataset, whatever the model. */
export const spentOnClaims = (datasetId: number): number => bulk().prepare(`SELECT coalesce(sum(cost), 0) FROM ClaimAsk WHERE datasetId = ?`).pluck().get(datasetId) as number

/** The dearest call of a step so far; null before the first. */
export const dearestCall = (datasetId: number, step: Step, model: string): number | null =>
  bulk().prepare(`SELECT max(cost / attempts) FROM ClaimAsk WHERE datasetId = ? AND step = ? AND model = ?`).pluck().get(datasetId, step, model) as number | null

/** The latest failure of a dataset's questions, in words. */
export const lastAskError = (datasetId: number): string | null => (bulk().prepare(`SELECT error FROM ClaimAsk WHERE datasetId = ? AND status = 'failed' ORDER BY id DESC LIMIT 1`).pluck().get(datasetId) as string | undefined) ?? null
