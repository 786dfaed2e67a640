const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
/** Longer texts are judged by their beginning, so that no rule takes longer than a caption deserves. */
const LONGEST = 20_000

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })

/** The words of a text as they stand, without punctuation; scripts that use no spaces are cut by Unicode's rules. */
export function wordsOf(text: string): string[] {
  const head = text.slice(0, LONGEST)
  if (UNSPACED.test(head)) return [...segmenter.segment(head)].filter((part) => part.isWordLike).map((part) => part.segment)
  return head.match(/[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{N}\p{M}]+)*/gu) ?? []
}

/** Lower-case words, for comparing texts. */
export const plainWords = (text: string): string[] => wordsOf(text.toLowerCase())

/** `text` without what stands in double quotation marks: text read off the picture says nothing about the caption itself. */
export const withoutQuotes = (text: string): string => text.slice(0, LONGEST).replace(/"[^"\n]{0,500}"|“[^”\n]{0,500}”|«[^»\n]{0,500}»|„[^“”\n]{0,500}[“”]/g, ' ')

/** At most `most` characters, cut with an ellipsis, on one line: for evidence that a person reads. */
export function excerpt(text: string, most = 60): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const letters = [...line.slice(0, most * 2)]
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : line
}

/** English words that carry grammar rather than things. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  'a an the and or but of in on at to for from by with without into onto over under up down out off near behind between through across along around as is are was were be been being has have had do does did it its this that these those there he she they them his her their who which what while some one other another each both very so not no'.split(' '),
)
