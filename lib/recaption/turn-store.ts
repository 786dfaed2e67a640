import { bulk, DB_CLOCK } from '@/lib/db'

/** A turn is held for this long; its worker renews it every few seconds. */
export const TURN_MS = 20_000

/** What is handed over in batches is handed over by one worker at a time: it holds the turn in the run's own name. */
const nameOf = (runId: number) => `run ${runId}`

export const takeBatchTurn = (runId: number): boolean =>
  bulk()
    .prepare(`INSERT INTO Pace (captioner, blockedUntil) VALUES (@name, ${DB_CLOCK} + ${TURN_MS}) ON CONFLICT (captioner) DO UPDATE SET blockedUntil = excluded.blockedUntil WHERE blockedUntil <= ${DB_CLOCK}`)
    .run({ name: nameOf(runId) }).changes > 0

export const renewBatchTurn = (runId: number): void => void bulk().prepare(`UPDATE Pace SET blockedUntil = ${DB_CLOCK} + ${TURN_MS} WHERE captioner = ?`).run(nameOf(runId))

export const giveBatchTurn = (runId: number): void => void bulk().prepare(`DELETE FROM Pace WHERE captioner = ?`).run(nameOf(runId))
