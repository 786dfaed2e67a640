import { ENCODERS, limits, type Limit } from '@/lib/caption/limits'
import type { DistributionSummary } from '@/lib/metric/summary'
import { formatCount, formatPercent } from '../ui/numbers'
import { NAMES } from './charts'

export type Measure = { label: string; unit: string; says: string; of: (summary: DistributionSummary) => string }

const NONE = '–'
/** Whether an encoder's places were guessed from the words. */
export const isEstimated = (summary: DistributionSummary, { counts }: Pick<Limit, 'counts'>): boolean => counts !== 'clip' && (summary.places[counts]?.estimated ?? true)
const fixed = (value: number | null | undefined, digits: number) => (value === null || value === undefined ? NONE : value.toFixed(digits))
const share = (value: number | null | undefined) => (value === null || value === undefined ? NONE : formatPercent(100 * value))
const about = (approximate: boolean, text: string) => (approximate ? `about ${text}` : text)
const jsd = (of: keyof NonNullable<DistributionSummary['jsd']>, label: string): Measure => ({
  label: `Distance from the originals: ${label}`,
  unit: 'bits',
  says: 'Jensen–Shannon divergence: 0 when alike, 1 with nothing in common',
  of: (summary) => (summary.jsd === null ? 'reference' : fixed(summary.jsd[of], 3)),
})
const distinct = (n: number): Measure => ({
  label: `Distinct-${n}`,
  unit: 'share',
  says: `different runs of ${n === 1 ? 'one word' : `${n} words`} over all of them; it falls as a set grows`,
  of: ({ distinct: list }) => (list[n - 1]?.share === null || list[n - 1] === undefined ? NONE : about(list[n - 1].approximate, share(list[n - 1].share))),
})

/** The figures of one set of captions that need no picture, in the order in which they are read. */
export const measures: readonly Measure[] = [
  { label: 'Captions', unit: 'count', says: 'not rolled back', of: (s) => formatCount(s.captions) },
  { label: 'Words', unit: 'mean, median', says: 'per caption', of: (s) => `${fixed(s.words.mean, 1)}, ${formatCount(s.words.median)}` },
  { label: 'CLIP tokens', unit: 'mean, median', says: 'per caption, both end marks counted', of: (s) => `${fixed(s.tokens.mean, 1)}, ${formatCount(s.tokens.median)}` },
  ...ENCODERS.map((encoder): Measure => ({ label: `${NAMES[encoder]} tokens`, unit: 'mean, median', says: 'per caption, the end mark counted; an estimate from the words where no tokenizer file was placed', of: ({ places: { [encoder]: one } }) => (one ? `${fixed(one.mean, 1)}, ${formatCount(one.median)}${one.estimated ? ' (estimate)' : ''}` : NONE) })),
  ...limits.map((limit): Measure => ({ label: `Cut by ${limit.label}`, unit: 'share', says: `captions whose tail is never read by ${limit.usedBy}`, of: (s) => `${share(s.cut[limit.id])}${isEstimated(s, limit) ? ' (estimate)' : ''}` })),
  { label: 'Begin with “a” or “an”', unit: 'share', says: 'of all captions', of: (s) => share(s.openings.aShare) },
  { label: 'Opening words', unit: 'bits', says: 'entropy: how hard the first word is to guess', of: (s) => fixed(s.openings.entropy, 2) },
  { label: 'Opening word pairs', unit: 'bits', says: 'entropy of the first two words', of: (s) => fixed(s.bigrams.entropy, 2) },
  distinct(1),
  distinct(2),
  distinct(3),
  { label: 'Vocabulary', unit: 'words', says: 'different words', of: (s) => about(s.distinct[0]?.approximate ?? false, formatCount(s.vocabulary)) },
  { label: 'MTLD', unit: 'words', says: 'mean run of words before variety falls below .72, of at most 500 texts', of: (s) => fixed(s.sampled.mtld, 1) },
  { label: 'Compression', unit: 'ratio', says: 'gzip: the higher, the more the texts repeat each other, of at most 500 texts', of: (s) => fixed(s.sampled.compression, 2) },
  { label: 'Self-BLEU', unit: '0 to 1', says: 'how much each text shares with the others in word pairs, of at most 500 texts', of: (s) => fixed(s.sampled.selfBleu, 3) },
  { label: 'Vendi score', unit: 'texts', says: 'how many texts it is as if there were, of at most 150', of: (s) => fixed(s.sampled.vendi, 1) },
  { label: 'Duplicates', unit: 'share', says: 'captions beyond the first of each text', of: (s) => about(s.duplicates.approximate, share(s.duplicates.share)) },
  jsd('lengths', 'lengths'),
  jsd('openings', 'opening words'),
  jsd('casing', 'casing'),
  jsd('endings', 'endings'),
  jsd('sentences', 'sentences'),
]
