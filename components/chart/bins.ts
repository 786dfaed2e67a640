/** One bar of a chart: what it spans and the share of all it holds, in percent. */
export type Bar = { label: string; from: number; [series: string]: string | number }
export type Series = { id: string; label: string; counts: readonly number[] }

/** The narrowest of these steps that draws all there is in at most `most` bars. */
const STEPS = [1, 2, 5, 10, 20, 50]

export function stepFor(series: readonly Series[], most: number): number {
  const last = Math.max(0, ...series.map(({ counts }) => counts.findLastIndex((count) => count > 0)))
  return STEPS.find((step) => Math.floor(last / step) < most) ?? STEPS[STEPS.length - 1]
}

/** Counts a unit each drawn together into bars of `step`, as percent of their own series; all beyond `most` bars stand in the last. */
export function bars(series: readonly Series[], step: number, most: number): Bar[] {
  const last = Math.min(most - 1, Math.max(0, ...series.map(({ counts }) => Math.floor(Math.max(0, counts.findLastIndex((count) => count > 0)) / step))))
  const out = Array.from({ length: last + 1 }, (_, i): Bar => ({ label: i === most - 1 ? `${i * step} and more` : step === 1 ? String(i) : `${i * step}–${i * step + step - 1}`, from: i * step }))
  for (const { id, counts } of series) {
    const total = counts.reduce((sum, count) => sum + count, 0)
    const sums = Array<number>(out.length).fill(0)
    counts.forEach((count, i) => {
      if (count > 0) sums[Math.min(Math.floor(i / step), last)] += count
    })
    out.forEach((bar, i) => (bar[id] = total === 0 ? 0 : (100 * sums[i]) / total))
  }
  return out
}
