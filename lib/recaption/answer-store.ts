import type { CaptionDraft } from '@/lib/captioner/types'
import { bulk, DB_CLOCK, now } from '@/lib/db'
import { prepared, valueOf } from '@/lib/prepared'

export type Answer = { text: string; finish: CaptionDraft['finish']; evidence: string | null; inputTokens: number; outputTokens: number; cost: number }

/** The stored answer, noted as this sample's where nobody noted whose it is: a batch gives answers by their hashes alone. */
export function findAnswer(hash: string, sampleId: number): Answer | undefined {
  const found = prepared(`SELECT text, finish, evidence, inputTokens, outputTokens, cost, sampleId FROM Answer WHERE hash = ?`).get(hash) as (Answer & { sampleId: number | null }) | undefined
  if (!found) return undefined
  const { sampleId: noted, ...answer } = found
  if (noted === null) prepared(`UPDATE Answer SET sampleId = ? WHERE hash = ? AND sampleId IS NULL`).run(sampleId, hash)
  return answer
}

/** Counts money against a run's budget. */
export function addSpent(runId: number, cost: number): void {
  if (cost > 0) prepared(`UPDATE Run SET spent = spent + ? WHERE id = ?`).run(cost, runId)
}

/**
 * Keeps an answer before anything is made of it, so that it is never paid for again; in the same step its cost is added
 * to the run it was asked for. Of two answers to one question the first is kept; none is of a sample that was purged meanwhile.
 * Two calls are paid twice; an answer out of a batch may only be read twice, and is counted `once`.
 */
export function keepAnswer(hash: string, answer: Answer, runId: number | null, sampleId: number | null, counted: 'each' | 'once' = 'each'): void {
  const sql = bulk()
  sql
    .transaction(() => {
      const { changes } = prepared(`INSERT INTO Answer (hash, sampleId, text, finish, evidence, inputTokens, outputTokens, cost, createdAt) SELECT @hash, @sampleId, @text, @finish, @evidence, @inputTokens, @outputTokens, @cost, @at
        WHERE @sampleId IS NULL OR EXISTS (SELECT 1 FROM Sample WHERE id = @sampleId) ON CONFLICT (hash) DO NOTHING`).run({ ...answer, hash, sampleId, at: now() })
      if (runId !== null && (changes > 0 || counted === 'each')) addSpent(runId, answer.cost)
    })
    .immediate()
}

export type Money = { budget: number | null; spent: number; meanCost: number; /** items under way at any worker */ running: number }
/** What a run may still spend: its cap, what it spent, and how many of its samples are under way anywhere. */
export function money(runId: number): Money {
  return prepared(`SELECT budget, spent, CASE WHEN done > 0 THEN spent / done ELSE 0 END AS meanCost, (SELECT count(*) FROM RunItem i WHERE i.runId = Run.id AND i.status = 'running') AS running FROM Run WHERE id = ?`).get(runId) as Money
}

/** The most that a caption of this run has cost; null before the first. */
export const dearest = (runId: number): number | null => valueOf<number | null>(`SELECT max(cost) FROM RunItem WHERE runId = ? AND status = 'done'`, runId) ?? null

/** Ms to wait before this captioner is called: takes the next free place at `rpm`, for all workers together, and keeps clear of a pause it asked for. */
export function takeTurn(captioner: string, rpm: number | undefined): number {
  if (rpm === undefined) {
    return Math.max(0, valueOf<number>(`SELECT blockedUntil - ${DB_CLOCK} FROM Pace WHERE captioner = ?`, captioner) ?? 0)
  }
  const turn = valueOf<number>(`INSERT INTO Pace (captioner, nextAt) VALUES (@captioner, ${DB_CLOCK}) ON CONFLICT (captioner) DO UPDATE SET nextAt = max(nextAt + @gap, ${DB_CLOCK}, blockedUntil) RETURNING nextAt - ${DB_CLOCK}`, { captioner, gap: 60_000 / rpm })
  return Math.max(0, turn ?? 0)
}

/** Nobody calls this captioner for `ms`: it asked for a pause. */
export function holdOff(captioner: string, ms: number): void {
  bulk()
    .prepare(`INSERT INTO Pace (captioner, blockedUntil) VALUES (@captioner, ${DB_CLOCK} + @ms) ON CONFLICT (captioner) DO UPDATE SET blockedUntil = max(blockedUntil, ${DB_CLOCK} + @ms)`)
    .run({ captioner, ms })
}
