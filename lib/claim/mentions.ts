import { grammar, type Token } from '@/lib/caption/grammar'
import { classesOf, scenesOf } from './nouns'
import { COLOURS, EVERYDAY, GENERAL, NOT_A_THING, NUMBERS, SCENES_OF } from './vocabulary'

/** A noun of a caption with what stands before it. Offsets are UTF-16; `start` includes its number and adjectives. */
export type Mention = {
  word: string
  start: number
  nounStart: number
  end: number
  token: number
  classes: readonly string[]
  scenes: readonly string[]
  plural: boolean
  /** said of many kinds, or of what sort the next noun is: see About */
  loose?: true
  count?: { value: number; token: Token }
  colour?: { name: string; token: Token }
}

/** "a couple of buckets": here they count, and name nobody. */
const COUNTING = new Set(['couple', 'pair', 'group', 'team', 'crowd', 'family'])
const PLURAL_ONLY = new Set(['people', 'sheep', 'cattle'])
const noun = (token: Token) => token.pos === 'NOUN' || token.pos === 'PROPN' || (EVERYDAY.has(token.text.toLowerCase()) && token.pos !== 'VERB')
const numberOf = (token: Token): number | undefined => NUMBERS[token.text.toLowerCase()] ?? (/^\d{1,2}$/.test(token.text) ? Number(token.text) : undefined)

/** Number and colour before the noun at `at`, through at most three adjectives and nouns. */
function before(tokens: readonly Token[], at: number): Pick<Mention, 'count' | 'colour'> & { start: number } {
  let start = tokens[at].start
  let count: Mention['count']
  let colour: Mention['colour']
  for (let i = at - 1; i >= Math.max(0, at - 4); i--) {
    const token = tokens[i]
    const value = numberOf(token)
    if (value !== undefined) {
      start = token.start
      if (!/^an?$/i.test(token.text)) count = { value, token }
      break
    }
    const named = COLOURS[token.lemma] ?? COLOURS[token.text.toLowerCase()]
    if (token.pos !== 'ADJ' && token.pos !== 'NOUN' && !named) {
      if (token.pos === 'DET') start = token.start
      break
    }
    if (named && !colour) colour = { name: named, token }
    start = token.start
  }
  return { start, count, colour }
}

/** Capitals throughout say nothing of names and hide what sort of word each is. */
function spoken(text: string): string {
  const lower = text.toLowerCase()
  return !/\p{Ll}/u.test(text) && lower.length === text.length ? lower : text
}

/** Dictionary form; a plural at the beginning of a sentence or of a title is taken for a name and keeps its s. */
function baseOf(token: Token): string {
  const lower = token.text.toLowerCase()
  if (EVERYDAY.has(lower)) return lower
  const singular = lower.endsWith('s') && token.lemma === lower ? lower.slice(0, -1) : ''
  return singular && (EVERYDAY.has(singular) || classesOf(lower).length === 0) && classesOf(singular).length > 0 ? singular : token.lemma
}

const adjacent = (one: Token | undefined, next: Token | undefined) => one !== undefined && next !== undefined && one.sentence === next.sentence && next.start === one.end + 1

/** It says what sort of thing the next noun is: "a bird house". */
const isModifier = (token: Token, next: Token | undefined) => adjacent(token, next) && (next?.pos === 'NOUN' || next?.pos === 'PROPN') && token.lemma === token.text.toLowerCase()
/** It is part of a name or a title: "Dust Bowl". */
const endsName = (before: Token | undefined, token: Token, last: Token) => last.pos === 'PROPN' && before?.pos === 'PROPN' && adjacent(before, token)

/** Every noun of a text, with the detector's classes and the scene regions that it may mean. */
export function mentionsIn(text: string): Mention[] {
  const tokens = grammar(spoken(text))
  const found: Mention[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]
    if (!noun(token) || !/\p{L}/u.test(token.text)) continue
    const lower = token.text.toLowerCase()
    const next = tokens[i + 1]
    const pair = next && `${token.lemma} ${next.lemma}`
    const double = pair && next.sentence === token.sentence ? classesOf(pair).filter((name) => name === pair) : []
    const base = baseOf(token)
    const last = double.length ? next : token
    const word = double.length && pair ? pair : lower
    const classes = double.length ? double : classesOf(base)
    const scenes = SCENES_OF.get(lower) ?? scenesOf(base)
    if ((NOT_A_THING.has(token.lemma) && classes.length === 0) || (COUNTING.has(lower) && next?.text.toLowerCase() === 'of')) continue
    const modifier = isModifier(last, tokens[double.length ? i + 2 : i + 1])
    const loose = modifier || GENERAL.has(base) || endsName(tokens[i - 1], token, last)
    // "two baseball players": the number and the colour are those of the players.
    const said = modifier ? { start: token.start } : before(tokens, i)
    found.push({ word, nounStart: token.start, end: last.end, token: i, classes, scenes, plural: lower !== token.lemma || PLURAL_ONLY.has(lower), ...(loose ? { loose } : {}), ...said })
    if (double.length) i++
  }
  return found
}

/** Words that suggest a scene without being nouns: "snowy", "swimming". */
export function otherSceneWords(text: string): { word: string; scenes: readonly string[]; start: number; end: number }[] {
  return grammar(spoken(text))
    .filter((token) => token.pos === 'ADJ' || token.pos === 'VERB')
    .flatMap((token) => {
      const scenes = SCENES_OF.get(token.lemma) ?? []
      return scenes.length ? [{ word: token.text.toLowerCase(), scenes, start: token.start, end: token.end }] : []
    })
}
