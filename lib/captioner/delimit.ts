/** Characters that could end a block, hide text or turn its direction; `&` first among them, so that escaping can be undone. */
const HOSTILE = /[&<>\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu
const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const BLOCK = /<([a-z][a-z0-9-]*)>\n([^<>]*)\n<\/\1>/g

/** Injective: two different texts never look alike, and no text can close its block. New lines and tabs stay. */
export const escapeData = (text: string): string =>
  text.replace(HOSTILE, (character) => (character === '\n' || character === '\t' ? character : (NAMES[character] ?? `&#x${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()};`)))

export const unescapeData = (text: string): string =>
  text.replace(/&(amp|lt|gt|#x([0-9A-F]+));/g, (_, name: string, hex?: string) => (hex ? String.fromCodePoint(parseInt(hex, 16)) : name === 'amp' ? '&' : name === 'lt' ? '<' : '>'))

/** Text that came with data, as it may stand in the user message: `<name>` … `</name>` on lines of their own. */
export const delimit = (name: string, text: string): string => `<${name}>\n${escapeData(text)}\n</${name}>`

/** The blocks of data in a user message, as they were before escaping. */
export const dataIn = (user: string): { name: string; text: string }[] => [...user.matchAll(BLOCK)].map(([, name, text]) => ({ name, text: unescapeData(text) }))

/** The user message without its blocks: what we said ourselves. */
export const withoutData = (user: string): string => user.replace(BLOCK, ' ')
