export type RunState = { status: string; done: number; failed: number; why: string }
const OVER = new Set(['done', 'failed', 'cancelled', 'paused'])
export const isRunOver = ({ status }: Pick<RunState, 'status'>): boolean => OVER.has(status)

/** What is said of a run of one sample when it is over, or no longer waited for. */
export function toldOf(state: RunState, { run, kind, key }: { run: number; kind: string; key: string }): string {
  if (state.done > 0) return `A new ${kind} caption of ${key} is there.`
  if (!isRunOver(state)) return `The ${kind} caption of ${key} is still not written. Run ${run} goes on and shows how far it is.`
  return `No caption was written for ${key}. ${state.why || `Run ${run} says why.`}`
}
