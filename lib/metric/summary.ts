import { z } from 'zod'
import { compression } from './compression'
import { entropy, evenness } from './entropy'
import type { Distribution } from './distribution'
import { histogram, jsd } from './jsd'
import { ENCODERS, limits, type Encoder } from '@/lib/caption/limits'
import { mtldOf } from './mtld'
import { selfBleu } from './self-bleu'
import { tokensOf } from './text'
import { overlaps, vendi } from './vendi'
import { spread } from './text'

const Counts = z.array(z.number())
const Top = z.array(z.tuple([z.string(), z.number()]))
const Divergence = z.number().nullable()

/** What is stored of one set of captions: a row a scope, so that opening a page reads rows and counts nothing. */
export const DistributionSummary = z.object({
  captions: z.number().int(),
  words: z.object({ bins: Counts, mean: z.number(), median: z.number() }),
  tokens: z.object({ bins: Counts, mean: z.number(), median: z.number() }),
  /** the same in encoders other than CLIP; `estimated` from the words where no tokenizer file was given */
  places: z.record(z.string(), z.object({ bins: Counts, mean: z.number(), median: z.number(), estimated: z.boolean() })),
  sentences: Counts,
  openings: z.object({ top: Top, different: z.number(), entropy: z.number(), evenness: z.number(), aShare: z.number() }),
  bigrams: z.object({ top: Top, different: z.number(), entropy: z.number() }),
  casing: z.record(z.string(), z.number()),
  endings: z.record(z.string(), z.number()),
  /** unique over all n-grams, n = 1, 2, 3; approximate beyond half a million different ones */
  distinct: z.array(z.object({ unique: z.number(), total: z.number(), share: z.number().nullable(), approximate: z.boolean() })),
  vocabulary: z.number(),
  /** captions beyond the first of each text */
  duplicates: z.object({ captions: z.number(), share: z.number(), approximate: z.boolean() }),
  /** of a sample of at most 500 texts */
  sampled: z.object({ texts: z.number(), mtld: z.number().nullable(), compression: z.number().nullable(), selfBleu: z.number().nullable(), vendi: z.number().nullable() }),
  /** share of captions that each text encoder cuts; estimated where `places` of the encoder is */
  cut: z.record(z.string(), z.number()),
  /** divergence from the originals in bits; null for the originals themselves */
  jsd: z.object({ openings: Divergence, lengths: Divergence, casing: Divergence, endings: Divergence, sentences: Divergence }).nullable(),
})
export type DistributionSummary = z.infer<typeof DistributionSummary>

const TOP = 40
const VENDI_TEXTS = 150

const share = (n: number, all: number) => (all === 0 ? 0 : n / all)
const top = (counts: ReadonlyMap<string, number>): [string, number][] => [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, TOP)

export function median(bins: readonly number[]): number {
  const half = bins.reduce((sum, n) => sum + n, 0) / 2
  let seen = 0
  return Math.max(0, bins.findIndex((n) => (seen += n) >= half && half > 0))
}

/** Words by tens, up to 100 and more: the bins in which lengths are compared. */
const tens = (bins: readonly number[]) => histogram(bins.reduce((out, n, words) => ((out[Math.min(Math.floor(words / 10), 10)] += n), out), Array<number>(11).fill(0)))
const record = (counts: Readonly<Record<string, number>>) => new Map(Object.entries(counts))

/** `estimated`: encoders whose places were not counted by their own tokenizer. */
export async function summarise(d: Distribution, originals: Distribution | null, estimated: readonly Encoder[] = ENCODERS): Promise<DistributionSummary> {
  const { sample, captions } = d
  const [ratio] = sample.length ? await compression.measure(sample.map((text) => ({ text })), new AbortController().signal) : [null]
  return {
    captions,
    words: { bins: [...d.words], mean: share(d.wordSum, captions), median: median(d.words) },
    tokens: { bins: [...d.tokens], mean: share(d.tokenSum, captions), median: median(d.tokens) },
    places: Object.fromEntries(ENCODERS.map((encoder) => [encoder, { bins: [...d.places[encoder].bins], mean: share(d.places[encoder].sum, captions), median: median(d.places[encoder].bins), estimated: estimated.includes(encoder) }])),
    sentences: [...d.sentences],
    openings: { top: top(d.openings), different: d.openings.size, entropy: entropy(d.openings.values()), evenness: evenness(d.openings.values()), aShare: share((d.openings.get('a') ?? 0) + (d.openings.get('an') ?? 0), captions) },
    bigrams: { top: top(d.bigrams), different: d.bigrams.size, entropy: entropy(d.bigrams.values()) },
    casing: { ...d.casing },
    endings: { ...d.endings },
    distinct: d.grams.map((gram) => ({ unique: gram.count, total: gram.total, share: gram.total === 0 ? null : gram.count / gram.total, approximate: gram.approximate })),
    vocabulary: d.grams[0].count,
    duplicates: { captions: Math.max(0, captions - d.texts.count), share: Math.max(0, share(captions - d.texts.count, captions)), approximate: d.texts.approximate },
    sampled: {
      texts: sample.length,
      mtld: mtldOf(sample.flatMap(tokensOf)),
      compression: ratio,
      selfBleu: selfBleu(sample, 2),
      vendi: sample.length === 0 ? null : vendi(overlaps(spread(sample, VENDI_TEXTS))),
    },
    cut: Object.fromEntries(limits.map((limit) => [limit.id, share((limit.counts === 'clip' ? d.tokens : d.places[limit.counts].bins).slice(limit.tokens + 1).reduce((sum, n) => sum + n, 0), captions)])),
    jsd: originals && {
      openings: jsd(d.openings, originals.openings),
      lengths: jsd(tens(d.words), tens(originals.words)),
      casing: jsd(record(d.casing), record(originals.casing)),
      endings: jsd(record(d.endings), record(originals.endings)),
      sentences: jsd(histogram(d.sentences), histogram(originals.sentences)),
    },
  }
}
