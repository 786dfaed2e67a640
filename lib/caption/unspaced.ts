/** Letters of scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese. */
const UNSPACED = /[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\u{20000}-\u{333CF}]/u
const LETTERS = new RegExp(`${UNSPACED.source}\\p{M}*`, 'gu')

/** Whether full text would take a run of this text for one word. */
export const unspaced = (text: string): boolean => UNSPACED.test(text)

/** The text with each such letter, its marks with it, apart: as a phrase it finds any part of a longer run, from one letter on. */
export const spaced = (text: string): string => text.replace(LETTERS, ' $& ')
