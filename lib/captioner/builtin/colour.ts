import type { Pixels } from '@/lib/media/picture'
import type { Box } from './sight'

/** A common English colour name for an sRGB colour, by hue, saturation and lightness. */
export function colourName(r: number, g: number, b: number): string {
  const max = Math.max(r, g, b)
  const min = Math.min(r, g, b)
  const chroma = max - min
  const light = (max + min) / 510
  const saturation = chroma === 0 ? 0 : chroma / 255 / (1 - Math.abs(2 * light - 1) + 1e-6)
  if (light < 0.14) return 'black'
  if (saturation < 0.13 || chroma < 22) return light > 0.72 ? 'white' : light < 0.25 ? 'black' : 'gray'
  if (light > 0.93) return 'white'
  const sector = max === r ? ((g - b) / chroma) % 6 : max === g ? (b - r) / chroma + 2 : (r - g) / chroma + 4
  const hue = (sector * 60 + 360) % 360
  if (hue < 14 || hue >= 345) return light > 0.68 ? 'pink' : saturation < 0.35 && light < 0.45 ? 'brown' : 'red'
  if (hue < 42) return light < 0.42 || saturation < 0.45 ? (light > 0.68 ? 'beige' : 'brown') : 'orange'
  if (hue < 66) return light > 0.78 && saturation < 0.6 ? 'beige' : light < 0.35 ? 'olive' : 'yellow'
  if (hue < 165) return 'green'
  if (hue < 195) return 'teal'
  if (hue < 255) return light < 0.25 ? 'dark blue' : 'blue'
  if (hue < 290) return 'purple'
  return light > 0.6 ? 'pink' : saturation < 0.4 ? 'purple' : 'magenta'
}

export type Share = { name: string; share: number }

/** Colour names with their share of a picture, largest first. */
export function palette({ data }: Pixels): Share[] {
  const counts = new Map<string, number>()
  for (let i = 0; i < data.length; i += 3) {
    const name = colourName(data[i], data[i + 1], data[i + 2])
    counts.set(name, (counts.get(name) ?? 0) + 3)
  }
  return [...counts].map(([name, n]) => ({ name, share: n / data.length })).sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1))
}

const SAMPLES = 24
/** A colour dominates from this share of the box's inner part on. */
const DOMINANT = 0.38

/** The colour that dominates the inner part of a box, or null. Each sample is the mean of its cell's pixels. */
export function dominantColour(picture: Pixels, box: Box, inset = 0.2): Share | null {
  const { data, width, height } = picture
  const span = (from: number, to: number, cut: number, size: number): [number, number] => {
    const start = Math.min(size - 1, Math.floor((from + (to - from) * cut) * size))
    return [start, Math.max(start + 1, Math.min(size, Math.ceil((to - (to - from) * cut) * size)))]
  }
  const [x0, x1] = span(box[0], box[2], inset, width)
  const [y0, y1] = span(box[1], box[3], inset / 2, height)
  const columns = Math.min(SAMPLES, x1 - x0)
  const rows = Math.min(SAMPLES, y1 - y0)
  const cells = new Uint8Array(columns * rows * 3)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const [left, right] = [x0 + Math.floor((column * (x1 - x0)) / columns), x0 + Math.floor(((column + 1) * (x1 - x0)) / columns)]
      const [top, bottom] = [y0 + Math.floor((row * (y1 - y0)) / rows), y0 + Math.floor(((row + 1) * (y1 - y0)) / rows)]
      const sum = [0, 0, 0]
      for (let y = top; y < bottom; y++)
        for (let x = left; x < right; x++) for (let c = 0; c < 3; c++) sum[c] += data[(y * width + x) * 3 + c]
      const pixels = (right - left) * (bottom - top)
      for (let c = 0; c < 3; c++) cells[(row * columns + column) * 3 + c] = sum[c] / pixels
    }
  const [first] = palette({ data: cells, width: columns, height: rows })
  return first.share > DOMINANT ? first : null
}
