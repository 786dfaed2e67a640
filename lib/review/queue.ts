import { AppError } from '@/lib/errors'

/** The orders in which work is offered; the label is shown. */
export const QUEUE_ORDERS = [
  { id: 'imported', label: 'As imported' },
  { id: 'random', label: 'Random' },
  { id: 'suspicious', label: 'Most suspicious first' },
  { id: 'disagreement', label: 'Most disagreement first' },
  { id: 'duplicates', label: 'Near-duplicates together' },
] as const
export type QueueOrder = (typeof QUEUE_ORDERS)[number]['id']

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

export type Place = { value: number; id: number }
export type QueueCursor = { ordered: Place | null; random: Place | null }

export const encodeCursor = (cursor: QueueCursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url')

const isPlace = (value: unknown): value is Place | null =>
  value === null || (typeof value === 'object' && 'value' in value && 'id' in value && typeof value.value === 'number' && typeof value.id === 'number')

export function decodeCursor(after: string): QueueCursor {
  try {
    const read: unknown = JSON.parse(Buffer.from(after, 'base64url').toString())
    if (typeof read === 'object' && read !== null && 'ordered' in read && 'random' in read && isPlace(read.ordered) && isPlace(read.random)) return { ordered: read.ordered, random: read.random }
  } catch {
    // falls through to the one answer for all cursors that are not ours
  }
  throw new AppError('invalid', '“after” is not a cursor of this queue. Leave it out to begin at the front.')
}
