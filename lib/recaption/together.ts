import { setTimeout as sleep } from 'node:timers/promises'
import { bulk } from '@/lib/db'

/** So long answers are gathered before they are written: a commit costs as much as ten rows. */
const GATHER_MS = 8

type Step = { /** gives what is to be done once all is committed */ act(): () => void; fail(error: unknown): void }
let waiting: Step[] | undefined

async function commit(steps: readonly Step[]): Promise<void> {
  await sleep(GATHER_MS)
  waiting = undefined
  try {
    const settle = bulk().transaction(() => steps.map((step) => step.act())).immediate()
    for (const settled of settle) settled()
  } catch (error) {
    for (const step of steps) step.fail(error)
  }
}

/**
 * Runs a step that writes, in one transaction with all others of the same few ms and in their order. Each has a savepoint
 * of its own: one that throws is rolled back alone. Resolves once the transaction is committed.
 */
export const together = <T>(step: () => T): Promise<T> =>
  new Promise((resolve, reject) => {
    const act = () => {
      try {
        const value = bulk().transaction(step)()
        return () => resolve(value)
      } catch (error) {
        return () => reject(error as Error)
      }
    }
    if (waiting) return void waiting.push({ act, fail: reject })
    waiting = [{ act, fail: reject }]
    void commit(waiting)
  })
