import { ENCODERS, type Encoder } from '@/lib/caption/limits'
import type { Insight } from '@/lib/metric/store'
import type { DistributionSummary } from '@/lib/metric/summary'
import { axisOf, bars, type Bar } from '../chart/bins'

type Named = readonly (readonly [id: string, label: string])[]
const CASINGS: Named = [['lower', 'lower'], ['sentence', 'Sentence'], ['title', 'Title'], ['upper', 'UPPER'], ['none', 'none']]
const ENDINGS: Named = [['.', '.'], ['!', '!'], ['?', '?'], ['other', 'other'], ['none', 'none']]
export const NAMES: Record<Encoder, string> = { t5: 'T5', siglip: 'SigLIP' }
const MOST_BARS = 24
const MOST_SENTENCES = 9

export type Chart = { id: string; label: string; unit: string; /** bars of one set beside the originals, in percent */ rows: (seen: DistributionSummary, originals: DistributionSummary | null) => Bar[]; step: number }

const categories = (names: Named, counts: Readonly<Record<string, number>>, total: number) => names.map(([id]) => (total === 0 ? 0 : (100 * (counts[id] ?? 0)) / total))

/** The charts that every set of captions is drawn in, over the same axis for all. */
export function chartsOf(kinds: readonly Insight[]): readonly Chart[] {
  const counted = (id: string, label: string, unit: string, of: (summary: DistributionSummary) => readonly number[], most: number): Chart => {
    const axis = axisOf(kinds.map((kind) => ({ counts: of(kind.summary) })), most)
    return { id, label, unit, step: axis.step, rows: (seen, originals) => bars([{ id: 'seen', label, counts: of(seen) }, { id: 'originals', label: '', counts: originals ? of(originals) : [] }], axis) }
  }
  const named = (id: string, label: string, unit: string, names: Named, of: (summary: DistributionSummary) => Readonly<Record<string, number>>): Chart => ({
    id,
    label,
    unit,
    step: 1,
    rows: (seen, originals) => {
      const [mine, theirs] = [categories(names, of(seen), seen.captions), categories(names, originals ? of(originals) : {}, originals?.captions ?? 0)]
      return names.map(([, name], i) => ({ label: name, from: i, seen: mine[i], originals: theirs[i] }))
    },
  })
  return [
    counted('words', 'Length in words', 'words', (summary) => summary.words.bins, MOST_BARS),
    counted('tokens', 'Length in CLIP tokens', 'CLIP tokens', (summary) => summary.tokens.bins, MOST_BARS * 2),
    ...ENCODERS.filter((encoder) => kinds.some(({ summary }) => summary.places[encoder]?.estimated === false)).map((encoder) => counted(encoder, `Length in ${NAMES[encoder]} tokens`, `${NAMES[encoder]} tokens`, (summary) => summary.places[encoder]?.bins ?? [], MOST_BARS * 2)),
    counted('sentences', 'Sentences', 'sentences', (summary) => summary.sentences, MOST_SENTENCES),
    named('casing', 'Casing', 'letters', CASINGS, (summary) => summary.casing),
    named('endings', 'How captions end', 'last sign', ENDINGS, (summary) => summary.endings),
  ]
}

/** One scale for charts that stand beside each other: the highest bar of all, rounded up to tens. */
export const topOf = (chart: Chart, kinds: readonly Insight[], originals: DistributionSummary | null): number =>
  Math.min(100, Math.max(10, Math.ceil(Math.max(...kinds.flatMap((kind) => chart.rows(kind.summary, originals).flatMap((row) => [Number(row.seen), Number(row.originals)]))) / 10) * 10))
