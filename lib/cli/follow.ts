import { AppError } from '@/lib/errors'
import { runProgress } from '@/lib/recaption/progress-store'
import type { RunProgress } from '@/lib/recaption/schema'
import { runById } from '@/lib/recaption/store'
import { perform } from './perform'
import type { Io } from './types'
import { counted, many } from './values'

/** "42 s", "12 min", "1.5 h". */
export const span = (seconds: number): string => (seconds < 90 ? `${Math.round(seconds)} s` : seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`)

/** One line: how far a run is, its pace, its money. */
export function progressLine({ done, failed, skipped, total, rate, etaSeconds, spent, budgetLeft }: RunProgress): string {
  const money = spent > 0 || budgetLeft !== null ? `, ${spent.toFixed(4)} spent${budgetLeft === null ? '' : `, ${budgetLeft.toFixed(4)} left`}` : ''
  return `${many(done)} of ${many(total - skipped)} written, ${many(failed)} failed, ${rate.toFixed(1)} a minute${etaSeconds === null ? '' : `, ${span(etaSeconds)} left`}${money}`
}

export const causeLines = ({ errorsByCause }: RunProgress): string[] => errorsByCause.map((cause) => `  ${many(cause.count)} × ${cause.code}: ${cause.example}`)

/**
 * Has a run worked on until it ends, and says how it ended. A stopped command leaves the run where it is: its rows say what
 * is left. Throws 'unavailable' when it is held, can never go on, or wrote nothing because every sample failed.
 */
export async function follow(id: number, io: Io): Promise<{ result: Readonly<Record<string, unknown>>; text: string }> {
  await perform('run', { runId: id }, io, () => io.progress('run', progressLine(runProgress(id, 0))))
  const { status, why, done, failed, skipped } = runById(id)
  if (status === 'paused' || status === 'failed') throw new AppError('unavailable', `Run ${id} is ${status}: ${why} ${many(done)} captions are kept${status === 'paused' ? `; “recaption runs resume --run ${id}” goes on` : ''}.`)
  const result = { run: id, done, failed, skipped }
  const causes = causeLines(runProgress(id, 0))
  if (done === 0 && failed > 0) throw new AppError('unavailable', [`Run ${id}: none of ${counted(failed, 'sample')} was written.`, ...causes, `Mend the cause, then “recaption runs retry --run ${id}” tries again.`].join('\n'), { detail: result })
  return { result, text: [`run ${id}: ${many(done)} written, ${many(failed)} failed, ${many(skipped)} left as they are`, ...causes].join('\n') }
}
