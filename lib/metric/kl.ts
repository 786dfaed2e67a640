import type { Histogram } from './jsd'

/** Kullback–Leibler divergence KL(a ‖ b) in bits, one added to every count so that nothing is impossible. */
export function kl(a: Histogram, b: Histogram): number {
  const keys = [...new Set([...a.keys(), ...b.keys()])]
  const share = (histogram: Histogram) => {
    const sum = keys.reduce((all, key) => all + (histogram.get(key) ?? 0) + 1, 0)
    return (key: string) => ((histogram.get(key) ?? 0) + 1) / sum
  }
  const [p, q] = [share(a), share(b)]
  return keys.reduce((bits, key) => bits + p(key) * Math.log2(p(key) / q(key)), 0)
}
