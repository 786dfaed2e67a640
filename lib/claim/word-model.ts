import { grammar } from '@/lib/caption/grammar'
import { addOuter, factor, solve } from './ridge'

/** What a picture looks like as a whole (numbers of about 0..1), and the words of its text. `picture`: texts of one picture stay in one fold. */
export type WordPair = { picture: number; look: Float32Array; words: readonly string[] }

const FOLDS = 5
/** A word is learnt when so many texts have it. */
const LEAST = 4
const MOST_WORDS = 600
/** Strength of the ridge for pictures whose channels vary by one. */
const RIDGE = 1000
/** A word's chance is never said to be less than this share of its usual one, nor more than this multiple of it. */
const EDGE = 8
/** Words of a text come together and must not count as if they were independent. */
const WEIGHT = 0.5

/** The words of a text that may be learnt: nouns, verbs and adjectives in dictionary form, each once. */
export const learnable = (text: string): string[] => [...new Set(grammar(text.slice(0, 2000)).filter((token) => /^(?:NOUN|PROPN|VERB|ADJ)$/.test(token.pos) && /^\p{L}{3,}$/u.test(token.lemma)).map((token) => token.lemma.toLowerCase()))]

type Scale = { mean: Float64Array; spread: Float64Array }

function scaleOf(pairs: readonly WordPair[]): Scale {
  const size = pairs[0].look.length
  const mean = new Float64Array(size)
  const spread = new Float64Array(size)
  for (const { look } of pairs) for (let i = 0; i < size; i++) mean[i] += look[i] / pairs.length
  for (const { look } of pairs) for (let i = 0; i < size; i++) spread[i] += (look[i] - mean[i]) ** 2 / pairs.length
  for (let i = 0; i < size; i++) spread[i] = Math.sqrt(spread[i]) || 1
  return { mean, spread }
}

const scaled = (look: Float32Array, { mean, spread }: Scale): Float32Array => Float32Array.from(look, (value, i) => (value - mean[i]) / spread[i])

type Model = { words: Map<string, { base: number; weights: Float64Array }> }

export type Fit = {
  /** about a log likelihood ratio; 0 where none of the words is known */
  value: number
  /** the words that weigh most, in the direction of the value */
  words: string[]
}

/** How much likelier a text's words are for this picture than for any. */
function fitOf(model: Model, x: Float32Array, words: readonly string[]): Fit {
  const parts: [word: string, value: number][] = []
  for (const word of words) {
    const known = model.words.get(word)
    if (!known) continue
    let chance = known.base
    for (let i = 0; i < x.length; i++) chance += known.weights[i] * x[i]
    parts.push([word, Math.log(Math.min(known.base * EDGE, 1, Math.max(known.base / EDGE, chance)) / known.base)])
  }
  const value = WEIGHT * parts.reduce((sum, [, one]) => sum + one, 0)
  const side = parts.filter(([, one]) => one * value > 0).sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]))
  return { value, words: side.slice(0, 3).map(([word]) => word) }
}

/** One fold's model: ridge regression from the look of a picture to each word. */
function fit(pairs: readonly WordPair[], xs: readonly Float32Array[], gram: Float64Array, left: ReadonlySet<number>): Model {
  const size = xs[0].length
  const counts = new Map<string, number>()
  const kept = pairs.map((_, i) => i).filter((i) => !left.has(i))
  for (const i of kept) for (const word of pairs[i].words) counts.set(word, (counts.get(word) ?? 0) + 1)
  const common = [...counts].filter(([, count]) => count >= LEAST).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_WORDS)
  const l = factor(gram, size, RIDGE)
  const sums = new Map(common.map(([word, count]) => [word, { base: count / kept.length, b: new Float64Array(size) }]))
  const all = new Float64Array(size)
  for (const i of kept) {
    for (let k = 0; k < size; k++) all[k] += xs[i][k]
    for (const word of pairs[i].words) {
      const sum = sums.get(word)
      if (sum) for (let k = 0; k < size; k++) sum.b[k] += xs[i][k]
    }
  }
  return { words: new Map([...sums].map(([word, { base, b }]) => [word, { base, weights: solve(l, size, b.map((value, k) => value - base * all[k])) }])) }
}

export type CrossFitted = {
  /** how these words fit picture `i`, by a model that has seen neither this picture nor its text */
  of(i: number, words: readonly string[]): Fit
  /** the same for a picture that was not among the pairs */
  ofOther(look: Float32Array, words: readonly string[]): Fit
}

/** Fits the words of a dataset to the looks of its pictures, in folds, so that no pair speaks for itself. Seconds for a thousand pairs. */
export function crossFit(pairs: readonly WordPair[]): CrossFitted {
  const scale = scaleOf(pairs)
  const xs = pairs.map((pair) => scaled(pair.look, scale))
  const size = xs[0].length
  const gram = new Float64Array(size * size)
  for (const x of xs) addOuter(gram, x)
  const pictures = new Map([...new Set(pairs.map((pair) => pair.picture))].map((picture, i) => [picture, i % FOLDS]))
  const foldOf = (i: number) => pictures.get(pairs[i].picture) ?? 0
  const models = Array.from({ length: FOLDS }, (_, fold) => {
    const left = new Set(xs.map((_, i) => i).filter((i) => foldOf(i) === fold))
    const own = Float64Array.from(gram)
    for (const i of left) addOuter(own, xs[i], -1)
    return fit(pairs, xs, own, left)
  })
  return { of: (i, words) => fitOf(models[foldOf(i)], xs[i], words), ofOther: (look, words) => fitOf(models[0], scaled(look, scale), words) }
}
