import { expect, test } from 'vitest'
import type { Insight } from '@/lib/metric/store'
import { Distribution } from '@/lib/metric/distribution'
import { summarise } from '@/lib/metric/summary'
import { chartsOf, topOf } from './charts'
import { measures } from './measures'

const summaryOf = async (texts: readonly string[], originals: Distribution | null = null) => {
  const distribution = new Distribution()
  for (const [i, text] of texts.entries()) distribution.add({ text, words: text.split(' ').length, tokens: text.split(' ').length + 2, places: { t5: text.split(' ').length + 1, siglip: text.split(' ').length + 1 }, hash: i.toString(16).padStart(16, '0') })
  return { distribution, summary: await summarise(distribution, originals) }
}
const originals = await summaryOf(['free shipping', 'IMG 2847', 'A dog in a park.', 'red shoes'])
const short = await summaryOf(['A dog runs.', 'A cat sits.', 'A bus stands on a long road in the rain today.'], originals.distribution)
const kinds: Insight[] = [
  { id: 'alt', scope: { kind: 'alt' }, filter: 'kind:alt', summary: originals.summary, alarms: [] },
  { id: 'short', scope: { kind: 'short' }, filter: 'kind:short', summary: short.summary, alarms: [] },
]

test('every chart has the same axis in every column, and each column adds up to all of its captions', () => {
  for (const chart of chartsOf(kinds)) {
    const [alt, other] = kinds.map((kind) => chart.rows(kind.summary, originals.summary))
    expect(alt.map((row) => row.label), chart.id).toEqual(other.map((row) => row.label))
    expect(other.reduce((sum, row) => sum + Number(row.seen), 0), chart.id).toBeCloseTo(100)
    expect(other.reduce((sum, row) => sum + Number(row.originals), 0), chart.id).toBeCloseTo(100)
    expect(topOf(chart, kinds, originals.summary)).toBeGreaterThanOrEqual(Math.max(...other.map((row) => Number(row.seen))))
  }
})

test('an encoder has a chart where its own tokenizer counted, and figures that say what is an estimate', async () => {
  const of = (label: string) => measures.find((measure) => measure.label === label)!
  expect(chartsOf(kinds).map((chart) => chart.id)).not.toContain('t5')
  expect(of('T5 tokens').of(short.summary)).toBe('6.7, 4 (estimate)')
  expect(of('Cut by SigLIP 64').of(short.summary)).toBe('0 % (estimate)')
  const counted = await summarise(short.distribution, originals.distribution, ['siglip'])
  expect(chartsOf([{ ...kinds[1], summary: counted }]).map((chart) => chart.id)).toContain('t5')
  expect(of('T5 tokens').of(counted)).toBe('6.7, 4')
})

test('casing and endings are told by their names', () => {
  const charts = new Map(chartsOf(kinds).map((chart) => [chart.id, chart]))
  expect(charts.get('casing')!.rows(originals.summary, null).map((row) => [row.label, row.seen])).toEqual([['lower', 50], ['Sentence', 25], ['Title', 0], ['UPPER', 25], ['none', 0]])
  expect(charts.get('endings')!.rows(short.summary, null)[0]).toMatchObject({ label: '.', seen: 100 })
})

test('figures are written with what they are; the originals are their own reference', () => {
  const of = (label: string) => measures.find((measure) => measure.label === label)!
  expect(of('Captions').of(short.summary)).toBe('3')
  expect(of('Begin with “a” or “an”').of(short.summary)).toBe('100 %')
  expect(of('Distance from the originals: lengths').of(originals.summary)).toBe('reference')
  expect(Number(of('Distance from the originals: opening words').of(short.summary))).toBeGreaterThan(0)
})
