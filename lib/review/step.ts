/** One step of a reviewer's work. `seen`: the newest verdict when it was done; `batch`: the batch row that did it, if any. */
export type Step = { root: number; seen: number; batch: number | null }

/** Of two steps the one that was done later. A batch comes after the verdict that it had seen. */
export function later(a: Step | undefined, b: Step | undefined): Step | undefined {
  if (!a || !b) return a ?? b
  if (a.seen !== b.seen) return a.seen > b.seen ? a : b
  return (a.batch ?? 0) > (b.batch ?? 0) ? a : b
}
