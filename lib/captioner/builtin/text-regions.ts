import { clampBox } from './geometry'
import type { Box } from './sight'

/** Thresholds of PaddleOCR's DB post-process: a pixel, a region's mean; growth of the shrunk region. */
const PIXEL = 0.3
const REGION = 0.6
const UNCLIP = 1.6
const LEAST_PIXELS = 16
const LEAST_SIDE = 4

/**
 * Lines of text as connected regions of the text map, grown back to the letters' size (the map shows them shrunk).
 * Axis-aligned boxes only. Largest first.
 */
export function textRegions(map: Float32Array, width: number, height: number): Box[] {
  const seen = new Uint8Array(map.length)
  const stack = new Int32Array(map.length)
  const boxes: Box[] = []
  for (let start = 0; start < map.length; start++) {
    if (map[start] < PIXEL || seen[start]) continue
    let [top, sum, count] = [0, 0, 0]
    let [x0, y0, x1, y1] = [width, height, 0, 0]
    stack[top++] = start
    seen[start] = 1
    const visit = (p: number) => {
      if (seen[p] || map[p] < PIXEL) return
      seen[p] = 1
      stack[top++] = p
    }
    while (top > 0) {
      const p = stack[--top]
      const x = p % width
      const y = (p - x) / width
      sum += map[p]
      count++
      x0 = Math.min(x0, x)
      x1 = Math.max(x1, x)
      y0 = Math.min(y0, y)
      y1 = Math.max(y1, y)
      if (x > 0) visit(p - 1)
      if (x < width - 1) visit(p + 1)
      if (y > 0) visit(p - width)
      if (y < height - 1) visit(p + width)
    }
    const [w, h] = [x1 - x0 + 1, y1 - y0 + 1]
    if (count < LEAST_PIXELS || Math.min(w, h) < LEAST_SIDE || sum / count < REGION) continue
    const grow = (w * h * UNCLIP) / (2 * (w + h))
    boxes.push(clampBox((x0 - grow) / width, (y0 - grow) / height, (x1 + grow) / width, (y1 + grow) / height))
  }
  const size = (b: Box) => (b[2] - b[0]) * (b[3] - b[1])
  return boxes.sort((a, b) => size(b) - size(a))
}

/**
 * The best letter at each step, repeats merged and blanks (0) dropped.
 * @param logits steps × letters, probabilities
 */
export function readLetters(probabilities: Float32Array, letters: readonly string[]): { text: string; score: number } {
  const columns = letters.length
  let [text, sum, count, previous] = ['', 0, 0, 0]
  for (let step = 0; step < probabilities.length; step += columns) {
    let best = 0
    for (let j = 1; j < columns; j++) if (probabilities[step + j] > probabilities[step + best]) best = j
    if (best !== 0 && best !== previous) {
      text += letters[best]
      sum += probabilities[step + best]
      count++
    }
    previous = best
  }
  return { text: text.trim(), score: count ? sum / count : 0 }
}
