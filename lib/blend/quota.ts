/**
 * The exact quota: of N samples those with the round(p·N) smallest u are synthetic. Answers the question for each u in the
 * order of the release; of equal u at the edge the first ones are taken.
 */
export function quota(us: Float64Array, p: number): (u: number) => boolean {
  const wanted = Math.round(p * us.length)
  if (wanted === 0) return () => false
  const sorted = Float64Array.from(us).sort()
  const edge = sorted[wanted - 1]
  let first = wanted - 1
  while (first > 0 && sorted[first - 1] === edge) first--
  let left = wanted - first
  return (u) => u < edge || (u === edge && left-- > 0)
}
