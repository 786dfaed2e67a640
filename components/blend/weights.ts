import { BlendSpec } from '@/lib/blend/schema'

type Weights = BlendSpec['weights']

/** `detailed=3,short=1`, as the command line writes it; null where it cannot be read. */
export function readWeights(text: string): Weights | null {
  const pairs = text.split(',').filter(Boolean).map((one) => one.split('='))
  if (pairs.some(([kind, weight, ...more]) => !kind || !weight || more.length > 0)) return null
  return BlendSpec.shape.weights.safeParse(Object.fromEntries(pairs.map(([kind, weight]) => [kind, Number(weight)]))).data ?? null
}

export const writeWeights = (weights: Weights): string => Object.entries(weights).map(([kind, weight]) => `${kind}=${weight}`).join(',')

/** One kind's weight changed among all kinds there are. All alike says nothing, so it is written as no weights at all. */
export function withWeight(weights: Weights, kinds: readonly string[], kind: string, weight: number): Weights {
  const all = Object.fromEntries(kinds.map((one) => [one, one === kind ? weight : Object.keys(weights).length === 0 ? 1 : (weights[one] ?? 0)]))
  const values = Object.values(all)
  if (values.every((one) => one === 0)) return weights
  return values.every((one) => one === 1) ? {} : all
}
