import { bulk, DB_CLOCK } from '@/lib/db'
import { enqueue } from '@/lib/job/store'

/** A turn is held for this long; its worker renews it every few seconds. */
export const TURN_MS = 20_000

/** What is handed over in batches is handed over by one worker at a time: it holds the turn in the run's own name. */
const nameOf = (runId: number) => `run ${runId}`

export const takeBatchTurn = (runId: number): boolean =>
  bulk()
    .prepare(`INSERT INTO Pace (captioner, blockedUntil) VALUES (@name, ${DB_CLOCK} + ${TURN_MS}) ON CONFLICT (captioner) DO UPDATE SET blockedUntil = excluded.blockedUntil WHERE blockedUntil <= ${DB_CLOCK}`)
    .run({ name: nameOf(runId) }).changes > 0

export const renewBatchTurn = (runId: number): void => void bulk().prepare(`UPDATE Pace SET blockedUntil = ${DB_CLOCK} + ${TURN_MS} WHERE captioner = ?`).run(nameOf(runId))

/** Gives the turn back; nobody takes it for `restMs`. */
export function giveBatchTurn(runId: number, restMs = 0): void {
  if (restMs > 0) bulk().prepare(`UPDATE Pace SET blockedUntil = ${DB_CLOCK} + ? WHERE captioner = ?`).run(restMs, nameOf(runId))
  else bulk().prepare(`DELETE FROM Pace WHERE captioner = ?`).run(nameOf(runId))
}

const ENDED_WITH_BATCHES = `r.status IN ('cancelled', 'failed') AND EXISTS (SELECT 1 FROM RemoteBatch b WHERE b.runId = r.id AND b.collectedAt IS NULL)`

/** Whether a run is cancelled or failed, and has batches at its endpoint still. */
export const endedWithBatches = (runId: number): boolean => bulk().prepare(`SELECT 1 FROM Run r WHERE r.id = ? AND ${ENDED_WITH_BATCHES}`).get(runId) !== undefined

/** Says why of an ended run; of one that goes on again nothing is changed. */
export const sayOfEnded = (runId: number, why: string): void => void bulk().prepare(`UPDATE Run SET why = ? WHERE id = ? AND status IN ('cancelled', 'failed')`).run(why, runId)

/** Queues a job for each ended run whose batches are still open and in nobody's hands. */
export function wakeOpenBatches(): number {
  const left = bulk()
    .prepare(`SELECT r.id FROM Run r WHERE ${ENDED_WITH_BATCHES} AND NOT EXISTS (SELECT 1 FROM Pace p WHERE p.captioner = 'run ' || r.id AND p.blockedUntil > ${DB_CLOCK}) ORDER BY r.id LIMIT 20`)
    .pluck()
    .all() as number[]
  for (const id of left) enqueue('run', { runId: id })
  return left.length
}
