import { z } from 'zod'
import { AppError } from '@/lib/errors'

/** `random`: drawn at random whatever the order, so that error rates among these stay unbiased. */
export type QueueItem = { sampleId: number; random: boolean }

/**
 * Mixes random samples into ordered work, one in every `every`; a sample comes once. `used` tells how many of each list were
 * taken, for the cursors of the next page.
 */
export function mix(ordered: readonly number[], random: readonly number[], limit: number, every: number): { items: QueueItem[]; used: { ordered: number; random: number } } {
  const items: QueueItem[] = []
  const seen = new Set<number>()
  const used = { ordered: 0, random: 0 }
  const take = (from: readonly number[], lane: 'ordered' | 'random'): boolean => {
    while (used[lane] < from.length) {
      const sampleId = from[used[lane]++]
      if (seen.has(sampleId)) continue
      seen.add(sampleId)
      items.push({ sampleId, random: lane === 'random' })
      return true
    }
    return false
  }
  while (items.length < limit) {
    const turn = every > 0 && (items.length + 1) % every === 0
    if (!(turn ? take(random, 'random') || take(ordered, 'ordered') : take(ordered, 'ordered'))) break
  }
  return { items, used }
}

const words = (text: string) => new Set(text.toLowerCase().match(/\p{L}{3,}|\p{N}+/gu) ?? [])

/** How far texts about one picture are apart: 1 − the smallest overlap of the words of any two (Jaccard); 0 for a lone text. */
export function disagreement(texts: readonly string[]): number {
  const bags = texts.map(words)
  let most = 0
  bags.forEach((a, i) =>
    bags.slice(i + 1).forEach((b) => {
      const both = [...a].filter((word) => b.has(word)).length
      const all = a.size + b.size - both
      if (all > 0) most = Math.max(most, 1 - both / all)
    }),
  )
  return most
}

/** A seeded permutation of 0 … range − 1: a four-round Feistel network, walked until it lands inside the range. */
export function permutation(range: number, seed: number): (index: number) => number {
  const half = Math.max(1, Math.ceil(Math.log2(Math.max(2, range)) / 2))
  const size = 2 ** half
  const round = (value: number, key: number) => {
    let h = Math.imul(value ^ key, 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    return (h ^ (h >>> 16)) >>> 0
  }
  const keys = [1, 2, 3, 4].map((i) => round(seed >>> 0, Math.imul(i, 0x9e3779b9)))
  const once = (value: number) => {
    let [left, right] = [Math.floor(value / size), value % size]
    for (const key of keys) [left, right] = [right, (left ^ (round(right, key) % size)) >>> 0]
    return left * size + right
  }
  return (index) => {
    let value = once(index)
    while (value >= range) value = once(value)
    return value
  }
}

const Place = z.object({ value: z.number(), id: z.number() })
export type Place = z.infer<typeof Place>
/** How far a random draw has come in the samples from `low` to `high`, which stay the same from page to page. */
const Draw = z.object({ at: z.number().int(), low: z.number().int(), high: z.number().int() })
export type Draw = z.infer<typeof Draw>
const QueueCursor = z.object({ ordered: Place.nullable(), random: Draw.nullable() })
export type QueueCursor = z.infer<typeof QueueCursor>

export const encodeCursor = (cursor: QueueCursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url')

export function decodeCursor(after: string): QueueCursor {
  try {
    return QueueCursor.parse(JSON.parse(Buffer.from(after, 'base64url').toString()))
  } catch (cause) {
    throw new AppError('invalid', '“after” is not a cursor of this queue. Leave it out to begin at the front.', { cause })
  }
}
