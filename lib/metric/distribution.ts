import { CASINGS, casingOf, ENDINGS, endingOf, openingOf, openingWords, type Casing, type Ending } from '@/lib/caption/habits'
import { ENCODERS, type Encoder } from '@/lib/caption/limits'
import { DistinctCount, hash64, mix } from './distinct-count'
import { sentencesIn, tokensOf } from './text'

/** A bin a word, a token, a sentence; the last bin holds all beyond. */
export const WORD_BINS = 201
export const TOKEN_BINS = 258
export const SENTENCE_BINS = 21
/** Places in T5 and SigLIP: beyond the longest limit, 512, all are alike. */
export const PLACE_BINS = 514
/** Openings that are told apart; later ones count as “other”. */
const MOST_OPENINGS = 100_000
/** Texts kept for the measures that compare texts with one another. */
export const SAMPLE = 500

export type Measured = { text: string; words: number; tokens: number; hash: string; /** places in encoders other than CLIP */ places: Readonly<Record<Encoder, number>> }
type Kept = { hash: string; text: string }

/** Everything the insights say of one set of captions, gathered in one pass; two may be merged. Memory has a ceiling. */
export class Distribution {
  captions = 0
  readonly words = Array<number>(WORD_BINS).fill(0)
  readonly tokens = Array<number>(TOKEN_BINS).fill(0)
  readonly places: Record<Encoder, { bins: number[]; sum: number }> = { t5: { bins: Array<number>(PLACE_BINS).fill(0), sum: 0 }, siglip: { bins: Array<number>(PLACE_BINS).fill(0), sum: 0 } }
  readonly sentences = Array<number>(SENTENCE_BINS).fill(0)
  readonly openings = new Map<string, number>()
  readonly bigrams = new Map<string, number>()
  readonly casing: Record<Casing, number> = { lower: 0, sentence: 0, title: 0, upper: 0, none: 0 }
  readonly endings: Record<Ending, number> = { '.': 0, '!': 0, '?': 0, other: 0, none: 0 }
  readonly grams = [new DistinctCount(), new DistinctCount(), new DistinctCount()] as const
  readonly texts = new DistinctCount(1 << 21)
  wordSum = 0
  tokenSum = 0
  /** The texts with the smallest hashes: a sample that no order of arrival changes. */
  private kept: Kept[] = []

  add({ text, words, tokens, hash, places }: Measured): void {
    this.captions++
    this.words[Math.min(words, WORD_BINS - 1)]++
    this.tokens[Math.min(tokens, TOKEN_BINS - 1)]++
    this.sentences[Math.min(sentencesIn(text), SENTENCE_BINS - 1)]++
    this.wordSum += words
    this.tokenSum += tokens
    for (const encoder of ENCODERS) {
      const one = this.places[encoder]
      const n = places[encoder]
      one.bins[Math.min(n, PLACE_BINS - 1)]++
      one.sum += n
    }
    this.casing[casingOf(text)]++
    this.endings[endingOf(text)]++
    count(this.openings, openingOf(text), 1)
    const bigram = openingWords(text, 2)
    if (bigram !== null) count(this.bigrams, bigram, 1)
    this.addGrams(tokensOf(text))
    this.texts.add(parseInt(hash.slice(0, 8), 16), parseInt(hash.slice(8, 16), 16))
    this.keep({ hash, text })
  }

  merge(other: Distribution): void {
    this.captions += other.captions
    this.wordSum += other.wordSum
    this.tokenSum += other.tokenSum
    for (const [mine, theirs] of [[this.words, other.words], [this.tokens, other.tokens], [this.sentences, other.sentences]]) theirs.forEach((n, i) => (mine[i] += n))
    for (const encoder of ENCODERS) {
      this.places[encoder].sum += other.places[encoder].sum
      other.places[encoder].bins.forEach((n, i) => (this.places[encoder].bins[i] += n))
    }
    for (const casing of CASINGS) this.casing[casing] += other.casing[casing]
    for (const ending of ENDINGS) this.endings[ending] += other.endings[ending]
    for (const [key, n] of other.openings) count(this.openings, key, n)
    for (const [key, n] of other.bigrams) count(this.bigrams, key, n)
    this.grams.forEach((gram, i) => gram.merge(other.grams[i]))
    this.texts.merge(other.texts)
    for (const one of other.kept) this.keep(one)
  }

  get sample(): string[] {
    return this.kept.map((one) => one.text)
  }

  private addGrams(list: readonly string[]): void {
    const [one, two, three] = this.grams
    let [a1, b1, a2, b2] = [0, 0, 0, 0]
    for (const [i, word] of list.entries()) {
      hash64(word, scratch)
      const [a, b] = scratch
      one.add(a, b)
      if (i > 0) two.add(mix(a1, a + 1), mix(b1, b + 7))
      if (i > 1) three.add(mix(mix(a2, a1 + 1), a + 3), mix(mix(b2, b1 + 7), b + 5))
      ;[a2, b2, a1, b1] = [a1, b1, a, b]
    }
  }

  private keep(one: Kept): void {
    const { kept } = this
    const full = kept.length >= SAMPLE
    if (full && one.hash >= kept[kept.length - 1].hash) return
    let low = 0
    let high = kept.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (kept[middle].hash < one.hash) low = middle + 1
      else high = middle
    }
    if (kept[low]?.hash === one.hash) return
    kept.splice(low, 0, one)
    if (kept.length > SAMPLE) kept.pop()
  }
}

const scratch = new Uint32Array(2)
/** What openings beyond the ceiling are called; no opening is empty but that of a blank text. */
export const OTHER = ' other'

function count(counts: Map<string, number>, key: string, by: number): void {
  const known = counts.has(key) || counts.size < MOST_OPENINGS ? key : OTHER
  counts.set(known, (counts.get(known) ?? 0) + by)
}
