import type { Box } from './sight'

/** One detector's finding: class index, score 0..1. */
export type Detection = { class: number; score: number; box: Box }

export const clampBox = (x0: number, y0: number, x1: number, y1: number): Box => {
  const clamp = (v: number) => Math.min(1, Math.max(0, v))
  return [clamp(x0), clamp(y0), clamp(x1), clamp(y1)]
}
export const area = (b: Box) => Math.max(0, b[2] - b[0]) * Math.max(0, b[3] - b[1])
export const middle = (b: Box): readonly [x: number, y: number] => [(b[0] + b[2]) / 2, (b[1] + b[3]) / 2]
export const overlap = (a: Box, b: Box) =>
  Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0])) * Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]))
/** Share of the smaller box that lies in the other. */
export const contained = (a: Box, b: Box) => overlap(a, b) / Math.max(1e-9, Math.min(area(a), area(b)))
export const iou = (a: Box, b: Box) => {
  const shared = overlap(a, b)
  return shared / (area(a) + area(b) - shared + 1e-9)
}
export const unionBox = (boxes: readonly Box[]): Box => [
  Math.min(...boxes.map((b) => b[0])),
  Math.min(...boxes.map((b) => b[1])),
  Math.max(...boxes.map((b) => b[2])),
  Math.max(...boxes.map((b) => b[3])),
]

export const byScore = (a: { score: number }, b: { score: number }) => b.score - a.score

/** Of boxes of one class that overlap by more than `most`, only the best stays. */
export function suppress(found: readonly Detection[], most = 0.5): Detection[] {
  const kept: Detection[] = []
  for (const one of found.toSorted(byScore)) if (!kept.some((k) => k.class === one.class && iou(k.box, one.box) > most)) kept.push(one)
  return kept
}
