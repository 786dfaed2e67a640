import { term } from '@/lib/sample/filter'
import type { DistributionSummary } from './summary'

export type Alarm = { id: string; sentence: string; /** the samples it speaks of, in the filter language */ filter: string; severity: 'high' | 'medium' }

const percent = (share: number) => `${Math.round(share * 100)} %`
const topShare = (top: readonly (readonly [string, number])[], captions: number) => (top.length && captions ? { text: top[0][0], share: top[0][1] / captions } : undefined)
const shareOf = (top: readonly (readonly [string, number])[], text: string, captions: number) => (captions ? (top.find(([one]) => one === text)?.[1] ?? 0) / captions : 0)
const CLOSED = ['.', '!', '?']
const ended = (s: DistributionSummary) => (s.captions ? CLOSED.reduce((sum, sign) => sum + (s.endings[sign] ?? 0), 0) / s.captions : 0)
const lower = (s: DistributionSummary) => (s.captions ? (s.casing.lower ?? 0) / s.captions : 0)
const either = (field: string, values: readonly string[]) => `(${values.map((value) => term(field, value)).join(' OR ')})`
/** Words as `openingWords` has them; one that was all punctuation is written as a sign that is not counted. */
const beginning = (words: string) => term('begins', words.split(' ').map((word) => word || ',').join(' '))

/** Fewer captions than this say nothing about a habit. */
const FEWEST = 20
/** A habit's share must exceed that of the originals by this much. */
const APART = 0.15
/** A way of writing that most have on one side and few on the other. */
const HABIT = 0.5

/**
 * What a model would learn from these captions besides what is on the pictures, in sentences, each with the filter of the
 * very captions that its first share counts. `filter` is the part that names the captions, e.g. `kind:short`; `part`: they
 * are those of one origin, model and recipe, not the whole kind.
 */
export function alarms(seen: DistributionSummary, originals: DistributionSummary | null, filter: string, part = false): Alarm[] {
  if (seen.captions < FEWEST) return []
  const out: Alarm[] = []
  const against = originals && originals.captions >= FEWEST ? originals : null
  const beside = (share: number) => (against ? `; the originals ${percent(share)}` : '')
  const raise = (id: string, severity: Alarm['severity'], sentence: string, more = '') => out.push({ id, severity, sentence, filter: more ? `${filter} ${more}` : filter })

  const a = seen.openings.aShare
  const altA = against?.openings.aShare ?? 0
  if (a - altA > APART) raise('a-an', a > 0.7 ? 'high' : 'medium', `${percent(a)} begin with “a” or “an”${beside(altA)}.`, either('begins', ['a', 'an']))
  const opening = topShare(seen.bigrams.top, seen.captions)
  if (opening && opening.text.trim() !== 'other') {
    const alt = against ? shareOf(against.bigrams.top, opening.text, against.captions) : 0
    if (opening.share - alt > 0.2) raise('opening', opening.share > 0.5 ? 'high' : 'medium', `${percent(opening.share)} begin with “${opening.text}”${beside(alt)}.`, beginning(opening.text))
  }
  if (against && against.openings.entropy - seen.openings.entropy > 1) raise('entropy', 'medium', `Opening words carry ${seen.openings.entropy.toFixed(1)} bits; those of the originals ${against.openings.entropy.toFixed(1)}.`)
  if (against) {
    const [cased, closed] = [lower(seen) - lower(against), ended(seen) - ended(against)]
    if (cased > HABIT) raise('casing', 'medium', `${percent(lower(seen))} are all lower case${beside(lower(against))}.`, term('casing', 'lower'))
    if (cased < -HABIT) raise('casing', 'medium', `${percent(1 - lower(seen))} are not all lower case${beside(1 - lower(against))}.`, `-${term('casing', 'lower')}`)
    if (closed > HABIT) raise('punctuation', 'medium', `${percent(ended(seen))} end with a full stop, “!” or “?”${beside(ended(against))}.`, either('ends', CLOSED))
    if (closed < -HABIT) raise('punctuation', 'medium', `${percent(1 - ended(seen))} end without a full stop, “!” or “?”${beside(1 - ended(against))}.`, either('ends', ['other', 'none']))
  }
  if (seen.duplicates.share > 0.05) raise('duplicates', seen.duplicates.share > 0.2 ? 'high' : 'medium', `${percent(seen.duplicates.share)} repeat the text of another caption${beside(against?.duplicates.share ?? 0)}.`, term('repeats', part ? 'writer' : 'kind'))
  const cut = seen.cut['clip-77'] ?? 0
  if (cut > 0.05) raise('cut', cut > 0.5 ? 'high' : 'medium', `${percent(cut)} are longer than CLIP's 77 tokens: the tail is never read.`, 'tokens:>77')
  if (against && (seen.jsd?.lengths ?? 0) > 0.5) raise('length', 'medium', `Lengths hardly overlap with the originals: half have up to ${seen.words.median} words, there up to ${against.words.median}.`, seen.words.median > against.words.median ? `words:>${against.words.median}` : `words:<${against.words.median}`)
  return out.sort((x, y) => Number(y.severity === 'high') - Number(x.severity === 'high'))
}
