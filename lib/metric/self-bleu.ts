import { kindMetric, tenths } from './kind-metric'
import { countsOf, ngramsOf } from './ngrams'
import { spread, tokensOf } from './text'

/** Every text is compared with every other, so only so many are. */
const MOST = 500

type Counted = { length: number; grams: readonly ReadonlyMap<string, number>[] }
const counted = (text: string, n: number): Counted => {
  const tokens = tokensOf(text)
  return { length: tokens.length, grams: Array.from({ length: n }, (_, i) => countsOf(ngramsOf(tokens, i + 1))) }
}

function bleuOf(text: Counted, others: readonly Counted[]): number {
  let product = 0
  for (const [i, grams] of text.grams.entries()) {
    let matched = 0
    let total = 0
    for (const [gram, count] of grams) {
      total += count
      let most = 0
      for (const other of others) most = Math.max(most, other.grams[i].get(gram) ?? 0)
      matched += Math.min(count, most)
    }
    if (matched === 0) return 0
    product += Math.log(matched / total) / text.grams.length
  }
  const closest = others.reduce((best, { length }) => (Math.abs(length - text.length) < Math.abs(best - text.length) || (Math.abs(length - text.length) === Math.abs(best - text.length) && length < best) ? length : best), Number.POSITIVE_INFINITY)
  return Math.exp(product) * (text.length >= closest ? 1 : Math.exp(1 - closest / text.length))
}

/** BLEU-n of a text against references: closest length for brevity, no smoothing. */
export const bleu = (text: string, references: readonly string[], n: number): number => bleuOf(counted(text, n), references.map((one) => counted(one, n)))

/** The mean BLEU-n of each text with all others as references: 1 when they repeat one another; null for fewer than two. */
export function selfBleu(texts: readonly string[], n: number): number | null {
  const list = spread(texts.filter((text) => text.trim() !== ''), MOST).map((text) => counted(text, n))
  if (list.length < 2) return null
  return list.reduce((sum, text, i) => sum + bleuOf(text, list.filter((_, j) => j !== i)), 0) / list.length
}

export const selfBleu2 = kindMetric({ id: 'self-bleu', label: 'Self-BLEU-2', unit: '0 to 1, lower is more varied', bins: tenths, of: (texts) => selfBleu(texts, 2) })
