/** One line of the table that `npm run bench` prints. `most` and `least` are the limits; one of them is given. */
export type Result = { what: string; value: number; unit: '×' | 'ms' | 'MB' | '%'; most?: number; least?: number; /** what it was measured against, in this same run */ floor?: string; note?: string }

export const kept = ({ value, most = Infinity, least = -Infinity }: Result): boolean => value <= most && value >= least

/** Prints a result as one line of JSON, which `scripts/bench.mjs` collects; a limit that is missed makes the exit code 1. */
export function report(result: Result): void {
  process.stdout.write(`${JSON.stringify({ result: { ...result, value: +result.value.toFixed(2) } })}\n`)
  if (!kept(result)) process.exitCode = 1
}

/** The middle and the 95th of a hundred. */
export function spread(times: readonly number[]): { median: number; p95: number } {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
  return { median: at(0.5), p95: at(0.95) }
}
