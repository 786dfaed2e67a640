/** One bar of a chart: what it spans and the share of all it holds, in percent. */
export type Bar = { label: string; from: number; [series: string]: string | number }
export type Series = { id: string; label: string; counts: readonly number[] }
export type Axis = { step: number; bars: number; /** the last bar holds all that is longer still */ open: boolean }

const STEPS = [1, 2, 5, 10, 20, 50, 100]
/** A few monstrous texts must not squeeze the others together: the axis ends a little beyond where nearly all of each series has ended. */
const NEARLY_ALL = 0.95
const BEYOND = 1.25

/** The narrowest of the usual steps that draws nearly all there is in at most `most` bars. */
export function axisOf(series: readonly Pick<Series, 'counts'>[], most: number): Axis {
  const ends = series.map(({ counts }) => {
    const total = counts.reduce((sum, count) => sum + count, 0)
    let seen = 0
    return { nearly: total === 0 ? 0 : counts.findIndex((count) => (seen += count) >= total * NEARLY_ALL), last: Math.max(0, counts.findLastIndex((count) => count > 0)) }
  })
  const nearly = Math.floor(BEYOND * Math.max(0, ...ends.map((end) => end.nearly)))
  const last = Math.max(0, ...ends.map((end) => end.last))
  const step = STEPS.find((one) => Math.floor(nearly / one) < most - 1) ?? STEPS[STEPS.length - 1]
  const closed = Math.floor(nearly / step) + 1
  return last < closed * step ? { step, bars: Math.floor(last / step) + 1, open: false } : { step, bars: closed + 1, open: true }
}

/** Counts a unit each drawn together into the bars of an axis, as percent of their own series. */
export function bars(series: readonly Series[], { step, bars: count, open }: Axis): Bar[] {
  const last = count - 1
  const out = Array.from({ length: count }, (_, i): Bar => ({ label: open && i === last ? `${i * step} and more` : step === 1 ? String(i) : `${i * step}–${i * step + step - 1}`, from: i * step }))
  for (const { id, counts } of series) {
    const total = counts.reduce((sum, one) => sum + one, 0)
    const sums = Array<number>(count).fill(0)
    counts.forEach((one, i) => {
      if (one > 0) sums[Math.min(Math.floor(i / step), last)] += one
    })
    out.forEach((bar, i) => (bar[id] = total === 0 ? 0 : (100 * sums[i]) / total))
  }
  return out
}
