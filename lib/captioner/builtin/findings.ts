import type { Evidence } from '@/lib/captioner/types'
import { list } from './nouns'
import { groundOf, insideOf, regionsOf, roomOf, type Ground, type Region } from './setting'
import type { Sight } from './sight'
import { subjectsOf, type Subject } from './subjects'

/** A piece of a caption with the grounds of all it says. */
export type Part = { text: string; evidence: readonly Evidence[] }
export type Quote = { text: string; height: number; evidence: Evidence }

/** What may be said of a picture; the writers choose from it. */
export type Findings = {
  sight: Sight
  subjects: Subject[]
  regions: Region[]
  /** where the main subject is, as far as that is clear */
  setting: Ground | null
  quotes: Quote[]
  /** "photo", "black-and-white photo", "graphic", … */
  medium: Part
}

/** Lines of text are quoted when the reader is this sure of them. */
const QUOTED = 0.9
const isReadable = (text: string) => text.length >= 3 && /[A-Za-z]{2}|\d{2}/.test(text) && (text.match(/[\p{L}\p{N} ]/gu)?.length ?? 0) / text.length > 0.7

function quotesOf({ lines }: Sight): Quote[] {
  const seen = new Set<string>()
  return lines.flatMap(({ text, score, box }) => {
    const plain = text.replace(/["“”]/g, '’').replace(/\s+/g, ' ').trim()
    if (score < QUOTED || !isReadable(plain) || seen.has(plain.toLowerCase())) return []
    seen.add(plain.toLowerCase())
    return [{ text: `"${plain}"`, height: box[3] - box[1], evidence: { says: `"${plain}"`, sort: 'text' as const, box, score } }]
  })
}

function mediumOf({ type, blackAndWhite, graphicScore }: Sight): Part {
  const kind = { photo: blackAndWhite ? 'black-and-white photo' : 'photo', graphic: 'graphic', screenshot: 'screenshot or document' }[type]
  return { text: kind, evidence: [{ says: kind, sort: 'type', note: `graphic-like by ${graphicScore} (0 is the border)${blackAndWhite ? ', no colour' : ''}` }] }
}

/** People lead when they are about as striking as what is most striking. */
function peopleFirst(subjects: readonly Subject[]): Subject[] {
  const people = subjects.find(({ name }) => name === 'person')
  if (!people || people.salience < subjects[0].salience * 0.6) return [...subjects]
  return [people, ...subjects.filter((one) => one !== people)]
}

export function findingsOf(sight: Sight): Findings {
  const subjects = peopleFirst(subjectsOf(sight))
  const isScene = sight.type === 'photo' && subjects.length > 0
  return {
    sight,
    subjects,
    regions: isScene ? regionsOf(sight) : [],
    setting: isScene ? (roomOf(subjects) ?? groundOf(sight, subjects[0]) ?? insideOf(sight, subjects)) : null,
    quotes: quotesOf(sight),
    medium: mediumOf(sight),
  }
}

/** The largest `most` quotes, in reading order. */
export const largest = (quotes: readonly Quote[], most: number): Quote[] => {
  const kept = new Set(quotes.toSorted((a, b) => b.height - a.height).slice(0, most))
  return quotes.filter((quote) => kept.has(quote))
}

/** Greys and browns of photographs depend on the lamp and are not spoken of. */
const LAMPS_FAKE = new Set(['gray', 'beige', 'brown', 'olive', 'teal', 'dark blue', 'black'])

/** Colours that make up the picture, when few of them do: `one` or `two` are the least shares. */
export function mainColours({ palette: all, blackAndWhite, type }: Sight, least: { one: number; two: number }): Part | null {
  const palette = type === 'photo' ? all.slice(0, 2).filter(({ name }) => !LAMPS_FAKE.has(name)) : all
  if (blackAndWhite || !palette.length) return null
  const [first, second] = palette
  const said = first.share >= least.one ? [first] : second && first.share + second.share >= least.two ? [first, second] : []
  if (!said.length) return null
  return { text: list(said.map(({ name }) => name)), evidence: said.map(({ name, share }) => ({ says: name, sort: 'colour', score: share, note: 'share of the picture' })) }
}
