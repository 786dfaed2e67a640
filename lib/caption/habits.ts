/** How a caption begins, is cased and ends: what insights count and what filters ask for, by one definition. */

const uncounted = /[.,"]/g
const token = (text: string) => text.toLowerCase().replace(uncounted, '')

/** The opening word: the first token, lower-cased, without `.`, `,` and `"`. */
export const openingOf = (text: string): string => token(/\S+/.exec(text)?.[0] ?? '')

/** The first so many words, each as `openingOf` has it, with one space between; null when the text has fewer. */
export function openingWords(text: string, count: number): string | null {
  const next = /\S+/g
  const words: string[] = []
  while (words.length < count) {
    const found = next.exec(text)
    if (!found) return null
    words.push(token(found[0]))
  }
  return words.join(' ')
}

/** A search asks of a million texts for the same words. */
let asked = { words: '', list: [] as readonly string[] }

/** Whether a text's first words are these, letter case and `.`, `,`, `"` aside. No words at all begin nothing. */
export function beginsWith(text: string, words: string): boolean {
  if (words !== asked.words) asked = { words, list: (words.match(/\S+/g) ?? []).map(token) }
  const next = /\S+/g
  return asked.list.length > 0 && asked.list.every((word) => {
    const found = next.exec(text)
    return found !== null && token(found[0]) === word
  })
}

export const CASINGS = ['lower', 'sentence', 'title', 'upper', 'none'] as const
export type Casing = (typeof CASINGS)[number]
/** lower: no capital anywhere · upper: only capitals · title: most words begin with one · sentence: the first letter is one · none: no letters. A text with inner capitals only counts as sentence. */
export function casingOf(text: string): Casing {
  const lower = text.toLowerCase()
  const upper = text.toUpperCase()
  if (lower === upper) return 'none'
  if (text === lower) return 'lower'
  if (text === upper) return 'upper'
  const words = text.match(/\p{L}[\p{L}\p{M}'’-]*/gu) ?? []
  const capital = words.filter((word) => word[0] !== word[0].toLowerCase()).length
  return words.length > 1 && capital * 3 > words.length * 2 ? 'title' : 'sentence'
}

export const ENDINGS = ['.', '!', '?', 'other', 'none'] as const
export type Ending = (typeof ENDINGS)[number]
const CLOSING = `"'”’)]`
/** How a text ends; closing quotes and brackets are looked through. */
export function endingOf(text: string): Ending {
  let end = text.trimEnd().length
  while (end > 0 && CLOSING.includes(text[end - 1])) end--
  const last = text.slice(Math.max(0, end - 1), end)
  if (last === '.' || last === '!' || last === '?') return last
  return /\p{P}/u.test(last) ? 'other' : 'none'
}
