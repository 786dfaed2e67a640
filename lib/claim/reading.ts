import type { Sight } from '@/lib/captioner/builtin/sight'

type Line = Sight['lines'][number]

/** Letters and digits only: readers lose spaces and accents. */
export const bare = (text: string): string => text.toLowerCase().normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, '')

function pairsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (let i = 0; i + 1 < text.length; i++) counts.set(text.slice(i, i + 2), (counts.get(text.slice(i, i + 2)) ?? 0) + 1)
  return counts
}

/** Dice coefficient of letter pairs, 0..1. */
export function similarity(a: string, b: string): number {
  const [left, right] = [pairsOf(bare(a)), pairsOf(bare(b))]
  let shared = 0
  for (const [pair, count] of left) shared += Math.min(count, right.get(pair) ?? 0)
  const total = [...left.values(), ...right.values()].reduce((sum, count) => sum + count, 0)
  return total ? (2 * shared) / total : bare(a) === bare(b) && bare(a) ? 1 : 0
}

const ALIKE = 0.75
const SHORTEST = 3

/** The line of the picture on which `text` stands, all lines together where it runs over several. */
export function readOnPicture(text: string, lines: readonly Line[]): Line | undefined {
  const wanted = bare(text)
  if (wanted.length < SHORTEST) return lines.find((line) => bare(line.text) === wanted && wanted)
  const one = lines.find((line) => bare(line.text).includes(wanted)) ?? lines.find((line) => similarity(text, line.text) >= ALIKE)
  if (one || lines.length < 2 || !bare(lines.map((line) => line.text).join('')).includes(wanted)) return one
  const parts = lines.filter((line) => bare(line.text).length >= 2 && wanted.includes(bare(line.text)))
  if (parts.length === 0) return undefined
  return {
    text: parts.map((line) => line.text).join(' '),
    score: Math.min(...parts.map((line) => line.score)),
    box: [Math.min(...parts.map((line) => line.box[0])), Math.min(...parts.map((line) => line.box[1])), Math.max(...parts.map((line) => line.box[2])), Math.max(...parts.map((line) => line.box[3]))],
  }
}
