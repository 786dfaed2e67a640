import type { Insight } from '@/lib/metric/store'
import type { DistributionSummary } from '@/lib/metric/summary'
import { bars, stepFor, type Bar } from '../chart/bins'

type Named = readonly (readonly [id: string, label: string])[]
const CASINGS: Named = [['lower', 'lower case'], ['sentence', 'Sentence'], ['title', 'Title'], ['upper', 'CAPITALS'], ['none', 'no letters']]
const ENDINGS: Named = [['.', 'full stop'], ['!', '!'], ['?', '?'], ['other', 'other mark'], ['none', 'no mark']]
const MOST_BARS = 24
const MOST_SENTENCES = 9

export type Chart = { id: string; label: string; unit: string; /** bars of one set beside the originals, in percent */ rows: (seen: DistributionSummary, originals: DistributionSummary | null) => Bar[]; step: number }

const categories = (names: Named, counts: Readonly<Record<string, number>>, total: number) => names.map(([id]) => (total === 0 ? 0 : (100 * (counts[id] ?? 0)) / total))

/** The charts that every set of captions is drawn in, over the same axis for all. */
export function chartsOf(kinds: readonly Insight[]): readonly Chart[] {
  const counted = (id: string, label: string, unit: string, of: (summary: DistributionSummary) => readonly number[], most: number): Chart => {
    const step = stepFor(kinds.map((kind) => ({ id: '', label: '', counts: of(kind.summary) })), most)
    // one axis for all: a silent series as long as the longest
    const longest = Math.max(0, ...kinds.map((kind) => of(kind.summary).findLastIndex((count) => count > 0)))
    const reach = { id: 'reach', label: '', counts: Array.from({ length: longest + 1 }, (_, i) => Number(i === longest)) }
    return { id, label, unit, step, rows: (seen, originals) => bars([{ id: 'seen', label, counts: of(seen) }, { id: 'originals', label: '', counts: originals ? of(originals) : [] }, reach], step, most) }
  }
  const named = (id: string, label: string, names: Named, of: (summary: DistributionSummary) => Readonly<Record<string, number>>): Chart => ({
    id,
    label,
    unit: '',
    step: 1,
    rows: (seen, originals) => {
      const [mine, theirs] = [categories(names, of(seen), seen.captions), categories(names, originals ? of(originals) : {}, originals?.captions ?? 0)]
      return names.map(([, name], i) => ({ label: name, from: i, seen: mine[i], originals: theirs[i] }))
    },
  })
  return [
    counted('words', 'Length in words', 'words', (summary) => summary.words.bins, MOST_BARS),
    counted('tokens', 'Length in CLIP tokens', 'CLIP tokens', (summary) => summary.tokens.bins, MOST_BARS * 2),
    counted('sentences', 'Sentences', 'sentences', (summary) => summary.sentences, MOST_SENTENCES),
    named('casing', 'Casing', CASINGS, (summary) => summary.casing),
    named('endings', 'How captions end', ENDINGS, (summary) => summary.endings),
  ]
}

/** One scale for charts that stand beside each other: the highest bar of all, rounded up to tens. */
export const topOf = (chart: Chart, kinds: readonly Insight[], originals: DistributionSummary | null): number =>
  Math.min(100, Math.max(10, Math.ceil(Math.max(...kinds.flatMap((kind) => chart.rows(kind.summary, originals).flatMap((row) => [Number(row.seen), Number(row.originals)]))) / 10) * 10))
