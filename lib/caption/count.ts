import { hash } from 'node:crypto'

/** White space as `\s` knows it, by character code: a test per character is asked a hundred million times in an import. */
const isSpace = (code: number) =>
  code === 32 || (code >= 9 && code <= 13) || (code > 127 && (code === 160 || code === 5760 || (code >= 8192 && code <= 8202) || code === 8232 || code === 8233 || code === 8239 || code === 8287 || code === 12288 || code === 65279))

/** Words: runs of anything between white space (DataComp's split). 0 for blank text. */
export function wordCount(text: string): number {
  let count = 0
  let inside = false
  for (let i = 0; i < text.length; i++) {
    const space = isSpace(text.charCodeAt(i))
    if (!space && !inside) count++
    inside = !space
  }
  return count
}

/** First 16 hex digits of the text's sha256: equal texts have equal hashes. */
export const textHash = (text: string): string => hash('sha256', text, 'hex').slice(0, 16)
