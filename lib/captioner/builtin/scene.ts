import head from './scene-head.json'
import type { Pixels } from '@/lib/media/picture'

export const SCENE_GRID = 19
const CELLS = SCENE_GRID * SCENE_GRID
const FEATURES = 576
const COLUMNS = head.names.length
const bytes = Buffer.from(head.weights, 'base64')
const weights = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
/** Sharpens the linear scores into shares; set with the calibration. */
const SHARPNESS = 8
const calibration: Readonly<Record<string, { slope: number; offset: number } | undefined>> = head.calibration

export type Scene = { probability: Record<string, number>; share: Record<string, number> }

const add = (scores: Float32Array, row: number, values: ArrayLike<number>, from: number) => {
  for (let k = 0; k < COLUMNS; k++) {
    const weight = weights[row * COLUMNS + k]
    for (let p = 0; p < CELLS; p++) scores[k * CELLS + p] += weight * values[from + p]
  }
}

/**
 * What kind of region each of 19 × 19 cells is: `probability` that the picture has such a region, `share` of the cells.
 * @param features SSD's layer, 576 × 19 × 19
 * @param colours the picture at 19 × 19
 */
export function readScene(features: Float32Array, colours: Pixels): Scene {
  if (features.length !== FEATURES * CELLS) throw new Error(`the scene head reads ${FEATURES * CELLS} features, not ${features.length}`)
  const scores = new Float32Array(COLUMNS * CELLS)
  head.bias.forEach((bias, k) => scores.fill(bias, k * CELLS, (k + 1) * CELLS))
  for (let i = 0; i < FEATURES; i++) add(scores, i, features, i * CELLS)
  const y = Float32Array.from({ length: CELLS }, (_, p) => Math.floor(p / SCENE_GRID) / SCENE_GRID)
  const x = Float32Array.from({ length: CELLS }, (_, p) => (p % SCENE_GRID) / SCENE_GRID)
  const channels = [0, 1, 2].map((c) => Float32Array.from({ length: CELLS }, (_, p) => colours.data[p * 3 + c] / 255))
  const extras = [y, x, y.map((v) => v * v), ...channels, ...channels.map((channel) => channel.map((v) => v * v))]
  extras.forEach((values, i) => add(scores, FEATURES + i, values, 0))

  const soft = new Float64Array(COLUMNS)
  const hard = new Float64Array(COLUMNS)
  const cell = new Float64Array(COLUMNS)
  for (let p = 0; p < CELLS; p++) {
    let best = 0
    for (let k = 1; k < COLUMNS; k++) if (scores[k * CELLS + p] > scores[best * CELLS + p]) best = k
    let total = 0
    for (let k = 0; k < COLUMNS; k++) total += cell[k] = Math.exp(SHARPNESS * (scores[k * CELLS + p] - scores[best * CELLS + p]))
    for (let k = 0; k < COLUMNS; k++) soft[k] += cell[k] / total / CELLS
    hard[best] += 1 / CELLS
  }
  const scene: Scene = { probability: {}, share: {} }
  head.names.forEach((name, k) => {
    const fit = calibration[name]
    if (fit) scene.probability[name] = 1 / (1 + Math.exp(-(fit.slope * Math.log(soft[k] + 1e-3) + fit.offset)))
    if (hard[k] > 0) scene.share[name] = hard[k]
  })
  return scene
}
