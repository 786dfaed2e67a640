import { byScore, contained, iou, type Detection } from './geometry'

/** CenterNet's scores are lower than SSD's for the same precision. */
const CENTERNET_GAIN = 1.15
const SAME_OBJECT = 0.5

type Cluster = Detection & { from: { ssd?: number; centernet?: number } }

/**
 * Both detectors' findings as one list, best first. Seen by both (same class, IoU above 0.5): the mean of the scores;
 * seen by one: half of its score, so that one detector alone needs 0.7 to reach 0.35.
 */
export function fuse(centernet: readonly Detection[], ssd: readonly Detection[]): Detection[] {
  const all = [
    ...ssd.map((one) => ({ ...one, by: 'ssd' as const })),
    ...centernet.map((one) => ({ ...one, score: one.score * CENTERNET_GAIN, by: 'centernet' as const })),
  ].sort(byScore)
  const clusters: Cluster[] = []
  for (const { by, ...one } of all) {
    const match = clusters.find((c) => c.class === one.class && c.from[by] === undefined && iou(c.box, one.box) > SAME_OBJECT)
    if (match) match.from[by] = one.score
    else clusters.push({ ...one, from: { [by]: one.score } })
  }
  return clusters.map(({ from, ...one }) => ({ ...one, score: Math.min(1, ((from.ssd ?? 0) + (from.centernet ?? 0)) / 2) })).sort(byScore)
}

/** Drops a weaker box of another class on nearly the same place, and a box of the same class that overlaps or lies inside. */
export function dropDuplicates(found: readonly Detection[]): Detection[] {
  const kept: Detection[] = []
  for (const one of found) {
    const again = kept.some((k) =>
      k.class === one.class
        ? iou(k.box, one.box) > 0.42 || (contained(k.box, one.box) > 0.72 && one.score < k.score * 0.85)
        : iou(k.box, one.box) > 0.75 && k.score > one.score,
    )
    if (!again) kept.push(one)
  }
  return kept
}
