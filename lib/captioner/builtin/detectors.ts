import { readFileSync } from 'node:fs'
import path from 'node:path'
import ort from 'onnxruntime-node'
import { resizePixels, type Pixels } from '@/lib/media/picture'
import { CLASS_OF_CATEGORY, CLASSES } from './classes'
import { clampBox, suppress, type Detection } from './geometry'

/** Detections below this score are not looked at. */
const FLOOR = 0.05
const CENTERNET_SIDE = 512
const CENTERNET_GRID = 128
const CENTERNET_MOST = 100
const SSD_SIDE = 300
const SSD_LAYERS = [0, 1, 2, 3, 4, 5] as const
const SSD_OUTPUTS = [...SSD_LAYERS.flatMap((i) => [`box${i}`, `class${i}`]), 'features']

/** `options` are ONNX Runtime's, e.g. the number of threads. */
export const session = (file: string | Uint8Array, threads: number) => {
  const options = { intraOpNumThreads: threads, interOpNumThreads: 1, graphOptimizationLevel: 'all', logSeverityLevel: 3 } as const
  return typeof file === 'string' ? ort.InferenceSession.create(file, options) : ort.InferenceSession.create(file, options)
}

/** Values of a float tensor. */
export const floats = (tensor: ort.Tensor | undefined, name: string): Float32Array => {
  if (!(tensor?.data instanceof Float32Array)) throw new Error(`the model gave no ${name}`)
  return tensor.data
}

/** Pixels as planes of red, green and blue (or the reverse), each value `(v × scale + offset)`. */
export function planes({ data, width, height }: Pixels, scale: readonly number[], offset: readonly number[], reversed = false): ort.Tensor {
  const count = width * height
  const values = new Float32Array(3 * count)
  for (let c = 0; c < 3; c++) {
    const from = reversed ? 2 - c : c
    for (let i = 0; i < count; i++) values[c * count + i] = data[i * 3 + from] * scale[c] + offset[c]
  }
  return new ort.Tensor('float32', values, [1, 3, height, width])
}
const even = (value: number) => [value, value, value]

/** Peaks of the class heat maps (3 × 3), each with its distances to the four sides. */
export function readHeat(heat: Float32Array, size: Float32Array, grid = CENTERNET_GRID): Detection[] {
  const cells = grid * grid
  const found: Detection[] = []
  const isPeak = (plane: number, x: number, y: number, score: number) => {
    for (let dy = -1; dy <= 1; dy++)
      for (let dx = -1; dx <= 1; dx++) {
        const [nx, ny] = [x + dx, y + dy]
        if (nx >= 0 && ny >= 0 && nx < grid && ny < grid && heat[plane + ny * grid + nx] > score) return false
      }
    return true
  }
  const stride = CENTERNET_SIDE / CENTERNET_GRID
  const side = grid * stride
  for (let c = 0; c < CLASSES.length; c++)
    for (let cell = 0; cell < cells; cell++) {
      const score = heat[c * cells + cell]
      if (score < FLOOR) continue
      const [x, y] = [cell % grid, Math.floor(cell / grid)]
      if (!isPeak(c * cells, x, y, score)) continue
      const [left, top, right, bottom] = [0, 1, 2, 3].map((k) => size[k * cells + cell])
      found.push({ class: c, score, box: clampBox((x * stride - left) / side, (y * stride - top) / side, (x * stride + right) / side, (y * stride + bottom) / side) })
    }
  return suppress(found.sort((a, b) => b.score - a.score).slice(0, CENTERNET_MOST))
}

type Layer = { boxes: Float32Array; classes: Float32Array; cells: number; anchorsPerCell: number; columns: number }

/** SSD's boxes: offsets to anchors [y0 x0 y1 x1], scaled by 10 and 5 as in the TensorFlow model zoo. */
export function readAnchors(layers: readonly Layer[], anchors: readonly number[]): Detection[] {
  const found: Detection[] = []
  let k = 0
  for (const { boxes, classes, cells, anchorsPerCell, columns } of layers)
    for (let p = 0; p < cells; p++)
      for (let a = 0; a < anchorsPerCell; a++, k++) {
        let best = 1
        const logit = (c: number) => classes[(a * columns + c) * cells + p]
        for (let c = 2; c < columns; c++) if (logit(c) > logit(best)) best = c
        const score = 1 / (1 + Math.exp(-logit(best)))
        const index = CLASS_OF_CATEGORY.get(best)
        if (score < FLOOR || index === undefined) continue
        const [y0, x0, y1, x1] = anchors.slice(k * 4, k * 4 + 4)
        const [height, width] = [y1 - y0, x1 - x0]
        const [dy, dx, dh, dw] = [0, 1, 2, 3].map((i) => boxes[(a * 4 + i) * cells + p])
        const cy = y0 + height / 2 + (dy / 10) * height
        const cx = x0 + width / 2 + (dx / 10) * width
        const h = (height * Math.exp(dh / 5)) / 2
        const w = (width * Math.exp(dw / 5)) / 2
        found.push({ class: index, score, box: clampBox(cx - w, cy - h, cx + w, cy + h) })
      }
  return suppress(found)
}

export type Detectors = {
  centernet(picture: Pixels): Promise<Detection[]>
  /** also the layer that the scene head reads */
  ssd(picture: Pixels): Promise<{ found: Detection[]; features: Float32Array }>
}

/** @param dir the folder of converted weights */
export async function loadDetectors(dir: string, threads: number): Promise<Detectors> {
  const [centernet, ssd] = await Promise.all(['centernet.onnx', 'ssd.onnx'].map((name) => session(path.join(dir, name), threads)))
  const anchors = JSON.parse(readFileSync(path.join(dir, 'ssd-anchors.json'), 'utf8')) as number[]
  return {
    async centernet(picture) {
      const input = planes(await resizePixels(picture, CENTERNET_SIDE, CENTERNET_SIDE, 'linear'), even(1), even(0))
      const { heat, size } = await centernet.run({ in_tower_0_images: input })
      return readHeat(floats(heat, 'heat map'), floats(size, 'sizes'))
    },
    async ssd(picture) {
      const input = planes(await resizePixels(picture, SSD_SIDE, SSD_SIDE, 'linear'), even(2 / 255), even(-1))
      const out = await ssd.run({ in_Preprocessor_sub: input }, SSD_OUTPUTS)
      const layers = SSD_LAYERS.map((i): Layer => {
        const [, offsets, height, width] = out[`box${i}`].dims
        const anchorsPerCell = offsets / 4
        return { boxes: floats(out[`box${i}`], 'boxes'), classes: floats(out[`class${i}`], 'classes'), cells: height * width, anchorsPerCell, columns: out[`class${i}`].dims[1] / anchorsPerCell }
      })
      return { found: readAnchors(layers, anchors), features: floats(out.features, 'features') }
    },
  }
}
