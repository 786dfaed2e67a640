/** Something the alt text says that no caption says: what a model trained on the captions alone would forget. */
export type Lost = { text: string; sort: 'name' | 'place' | 'number' | 'quoted'; start: number; end: number }

const JOINERS = new Set(['of', 'the', 'and', 'de', 'la', 'le', 'van', 'von', 'der', 'da', 'di', '&'])
const BEFORE_PLACE = /(?:^|\s)(?:in|at|near|from|to|outside|around|across|over)(?:\s+the)?\s+$/i
/** Capitalised for other reasons than being a name. */
const NO_NAME = new Set('a an the this that these those i it he she we they you my your our his her its in on at by of to for from with and or but not no yes new old free sale buy shop click view download image photo picture photograph img see how what why when where who more about here best top all one two three four five six seven eight nine ten january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday'.split(' '))
const NUMBER_WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

/** Lower case without accents, so that “Café” is found as “cafe”. */
const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const capital = (word: string) => /^\p{Lu}/u.test(word)
const inner = (word: string) => /\p{Ll}\p{Lu}/u.test(word)
const acronym = (word: string) => /^\p{Lu}[\p{Lu}\p{N}&-]+$/u.test(word)

type Word = { text: string; start: number; end: number; opens: boolean }

function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’&-]*/gu)].map((match) => {
    const before = text.slice(0, match.index).trimEnd()
    return { text: match[0].replace(/['’]s?$/u, ''), start: match.index, end: match.index + match[0].replace(/['’]s?$/u, '').length, opens: before === '' || /[.!?:;|–—-]$/.test(before) }
  })
}

function names(text: string): Lost[] {
  const words = wordsOf(text)
  const lettered = words.filter((word) => /\p{L}/u.test(word.text))
  const shouting = lettered.length > 1 && lettered.every((word) => word.text === word.text.toUpperCase())
  const titled = lettered.length > 3 && lettered.filter((word) => capital(word.text)).length > lettered.length * 0.7
  if (shouting) return []
  const isName = (word: Word, i: number) => {
    if (NO_NAME.has(word.text.toLowerCase())) return false
    if (inner(word.text) || (acronym(word.text) && word.text.length > 1)) return true
    if (titled || !capital(word.text)) return false
    const next = words[i + 1]
    return !word.opens || (next !== undefined && capital(next.text) && !NO_NAME.has(next.text.toLowerCase()) && next.start - word.end === 1)
  }
  const out: Lost[] = []
  for (let i = 0; i < words.length; i++) {
    if (!isName(words[i], i)) continue
    let last = i
    for (let j = i + 1; j < words.length && words[j].start - words[j - 1].end <= 3 && !/[.,;:!?|()"]/.test(text.slice(words[j - 1].end, words[j].start)); j++) {
      if (isName(words[j], j)) last = j
      else if (!JOINERS.has(words[j].text.toLowerCase())) break
    }
    const [start, end] = [words[i].start, words[last].end]
    out.push({ text: text.slice(start, end), sort: BEFORE_PLACE.test(text.slice(0, start)) ? 'place' : 'name', start, end })
    i = last
  }
  return out
}

const quoted = (text: string): Lost[] =>
  [...text.matchAll(/"([^"]{2,80})"|“([^”]{2,80})”|«([^»]{2,80})»/gu)].map((match) => {
    const inside = match[1] ?? match[2] ?? match[3]
    return { text: inside, sort: 'quoted', start: match.index + 1, end: match.index + 1 + inside.length }
  })

const numbers = (text: string): Lost[] =>
  [...text.matchAll(/(?<![\p{L}\p{N}_./-])\d+(?:[.,]\d+)*(?![\p{L}\p{N}_/]|[.-]\w)/gu)].map((match) => ({ text: match[0], sort: 'number', start: match.index, end: match.index + match[0].length }))

function said(one: Lost, captions: readonly string[]): boolean {
  if (one.sort === 'number') {
    const plain = one.text.replace(/,(?=\d{3}\b)/g, '')
    const word = NUMBER_WORDS[Number(plain)]
    return captions.some((caption) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${plain.replace(/[.]/g, '\\.')}${word ? `|${word}` : ''})(?![\\p{L}\\p{N}])`, 'iu').test(caption.replace(/,(?=\d{3}\b)/g, '')))
  }
  const words = (text: string) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
  return captions.some((caption) => {
    const there = new Set(words(caption))
    return words(one.text).every((word) => JOINERS.has(word) || there.has(word))
  })
}

/**
 * Names, brands, places, numbers and quoted text of the alt text that none of these captions says, in the order of the alt
 * text. By rules: a name is recognised by its capitals, so an alt text in title case or capitals yields few.
 */
export function lost(alt: string, captions: readonly string[]): Lost[] {
  const quotes = quoted(alt)
  const outside = (one: Lost) => !quotes.some((quote) => one.start >= quote.start && one.end <= quote.end)
  const all = [...quotes, ...names(alt).filter(outside), ...numbers(alt).filter(outside)]
  const seen = new Set<string>()
  return all
    .filter((one) => !said(one, captions) && !seen.has(fold(one.text)) && seen.add(fold(one.text)))
    .sort((a, b) => a.start - b.start)
}

/** A caption with what was lost added in parentheses before its last full stop: a draft for a person to edit. */
export function withLost(caption: string, list: readonly Pick<Lost, 'text' | 'sort'>[]): string {
  if (list.length === 0) return caption
  const [, body, end] = /^([\s\S]*?)([.!?]*)\s*$/.exec(caption) as unknown as [string, string, string]
  const added = list.map((one) => (one.sort === 'quoted' ? `“${one.text}”` : one.text)).join(', ')
  return `${body} (${added})${end}`
}
