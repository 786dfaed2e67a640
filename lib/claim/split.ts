import { grammar, namesIn } from '@/lib/caption/grammar'
import { foreignTo } from '@/lib/caption/language'
import { mentionsIn, type Mention } from './mentions'
import type { Claim } from './schema'

/** Longer texts are split by their beginning: a caption of a page has hundreds of claims by then. */
const LONGEST = 6000

const about = (mention: Mention) => ({ word: mention.word, classes: [...mention.classes], scenes: [...mention.scenes], plural: mention.plural, ...(mention.loose ? { loose: true } : {}) })
/** Web and mail addresses, file names: their words name nothing on the picture. */
const ADDRESS = /^\W*(?:https?:\/\/|www\.)|\w@\w|\.(?:com|org|net|jpe?g|png|gif|webp|svg|html?)(?:\W|$)/iu
const QUOTE = /"([^"\n]{1,200})"|“([^”\n]{1,200})”|«([^»\n]{1,200})»/g

function ofMention(mention: Mention, text: string, at: number): Claim[] {
  const slice = (start: number, end: number) => text.slice(start, end)
  const claims: Claim[] = [{ sort: 'object', start: mention.nounStart, end: mention.end, text: slice(mention.nounStart, mention.end), about: about(mention), dependsOn: null }]
  if (mention.count) claims.push({ sort: 'count', start: mention.count.token.start, end: mention.end, text: slice(mention.count.token.start, mention.end), about: { ...about(mention), count: mention.count.value }, dependsOn: at })
  if (mention.colour) claims.push({ sort: 'attribute', start: mention.colour.token.start, end: mention.end, text: slice(mention.colour.token.start, mention.end), about: { ...about(mention), colour: mention.colour.name }, dependsOn: at })
  return claims
}

const WAYS: readonly [RegExp, 'left' | 'right' | 'above' | 'below'][] = [
  [/^\s*(?:\w+\s){0,2}?(?:to|on|at)\s+the\s+left\s+of\s+(?:an?\s+|the\s+)?/i, 'left'],
  [/^\s*(?:\w+\s){0,2}?(?:to|on|at)\s+the\s+right\s+of\s+(?:an?\s+|the\s+)?/i, 'right'],
  [/^\s*(?:\w+\s){0,2}?(?:above|over)\s+(?:an?\s+|the\s+)?/i, 'above'],
  [/^\s*(?:\w+\s){0,2}?(?:below|beneath|underneath|under)\s+(?:an?\s+|the\s+)?/i, 'below'],
]
const SIDE = /^\s*(?:\w+\s){0,2}?(?:on|to|at)\s+the\s+(left|right)\b(?!\s+of)/i
const SIDE_FIRST = /\bon\s+the\s+(left|right)(?:\s+side)?\s*,?\s+(?:there\s+)?(?:is|are|stands?|sits?)\s+(?:an?\s+|the\s+|\w+\s+){0,3}$/i

/** "a dog to the left of a chair", "a person on the right", "on the left is a person". */
function relations(mentions: readonly Mention[], text: string, place: ReadonlyMap<Mention, number>): Claim[] {
  const claims: Claim[] = []
  for (const [i, mention] of mentions.entries()) {
    const after = text.slice(mention.end, mention.end + 60)
    const other = mentions[i + 1]
    for (const [pattern, way] of WAYS) {
      const found = pattern.exec(after)
      if (!found || !other || Math.abs(mention.end + found[0].length - other.start) > 4) continue
      claims.push({ sort: 'relation', start: mention.nounStart, end: other.end, text: text.slice(mention.nounStart, other.end), about: { ...about(mention), way, other: [...other.classes] }, dependsOn: place.get(mention) ?? null })
    }
    const side = SIDE.exec(after)
    const sideFirst = SIDE_FIRST.exec(text.slice(Math.max(0, mention.nounStart - 60), mention.nounStart))
    const way = (side ?? sideFirst)?.[1].toLowerCase()
    if (way === 'left' || way === 'right') {
      const start = sideFirst && !side ? mention.nounStart - sideFirst[0].length : mention.nounStart
      const end = side ? mention.end + side[0].length : mention.end
      claims.push({ sort: 'relation', start, end, text: text.slice(start, end), about: { ...about(mention), way }, dependsOn: place.get(mention) ?? null })
    }
  }
  return claims
}

/**
 * A caption as statements that can be checked one by one: objects, counts, colours, left/right/above/below, rendered
 * text (quoted), names. A statement about a thing depends on the thing (DSG, §4.1 of its paper: a child of a false
 * parent is not asked). English, by rules; never throws.
 */
export function splitClaims(caption: string): Claim[] {
  const text = caption.slice(0, LONGEST)
  const quotes = [...text.matchAll(QUOTE)]
  const quoted = (start: number) => quotes.some((quote) => start >= quote.index && start < quote.index + quote[0].length)
  // The rules know English; of other languages only what is quoted can be checked.
  const foreign = foreignTo(text, 'en') !== undefined
  const names = foreign ? [] : namesIn(text)
  const inName = (mention: Mention) => mention.classes.length === 0 && names.some((name) => name.toLowerCase().split(/\s+/).includes(mention.word))
  const addresses = [...text.matchAll(/\S+/g)].filter(([word]) => ADDRESS.test(word))
  const inAddress = (start: number) => addresses.some((one) => start >= one.index && start < one.index + one[0].length)
  const mentions = (foreign ? [] : mentionsIn(text)).filter((mention) => !quoted(mention.nounStart) && !inName(mention) && !inAddress(mention.nounStart))
  const claims: Claim[] = []
  const place = new Map<Mention, number>()
  for (const mention of mentions) {
    place.set(mention, claims.length)
    claims.push(...ofMention(mention, text, claims.length))
  }
  claims.push(...relations(mentions, text, place))
  for (const quote of quotes) {
    const says = quote[1] ?? quote[2] ?? quote[3]
    claims.push({ sort: 'text', start: quote.index, end: quote.index + quote[0].length, text: quote[0], about: { word: says, classes: [], scenes: [] }, dependsOn: null })
  }
  for (const name of names) {
    const start = text.indexOf(name)
    if (start >= 0 && !quoted(start)) claims.push({ sort: 'name', start, end: start + name.length, text: name, about: { word: name, classes: [], scenes: [] }, dependsOn: null })
  }
  return claims
}

/** How many words of a text are more than a bare label. */
export const isSentence = (text: string): boolean => grammar(text).filter((token) => token.pos !== 'PUNCT').length >= 4
