import { createHash } from 'node:crypto'

/** Words: runs of anything between white space (DataComp's split). 0 for blank text. */
export function wordCount(text: string): number {
  let count = 0
  let inside = false
  for (let i = 0; i < text.length; i++) {
    const space = /\s/.test(text[i])
    if (!space && !inside) count++
    inside = !space
  }
  return count
}

/** First 16 hex digits of the text's sha256: equal texts have equal hashes. */
export const textHash = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 16)
