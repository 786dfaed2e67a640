import { decoded } from './text'

/** characters; a longer line is a problem. A row of a release holds a caption of a million characters more than once. */
export const longestLine = 16_000_000
export const batchSize = 1000

/** What ends the lines of a text, as far as its beginning shows; a `\r` at the very end may still become `\r\n`. */
export function lineEndOf(text: string, last: boolean): string | undefined {
  if (text.includes('\n')) return '\n'
  const at = text.indexOf('\r')
  return at >= 0 && (last || at < text.length - 1) ? '\r' : undefined
}

export type Line = { text: string; line: number; tooLong?: boolean }

/** The lines of a text stream with their numbers, in batches, empty lines left out. `\n`, `\r\n` and, where no `\n` is, `\r` end a line. */
export async function* lineBatches(stream: AsyncIterable<Uint8Array>): AsyncIterable<readonly Line[]> {
  let rest = ''
  let line = 0
  let skipping = false
  let batch: Line[] = []
  let end: string | undefined
  const take = (text: string) => {
    line++
    if (skipping) {
      skipping = false
      batch.push({ text: '', line, tooLong: true })
      return
    }
    const bare = end === '\n' && text.endsWith('\r') ? text.slice(0, -1) : text
    if (bare.length > longestLine) batch.push({ text: '', line, tooLong: true })
    else if (bare.trim() !== '') batch.push({ text: bare, line })
  }
  for await (const chunk of decoded(stream)) {
    const text = rest === '' ? chunk : rest + chunk
    end ??= lineEndOf(text, false)
    let from = 0
    if (end) {
      for (let at = text.indexOf(end); at >= 0; at = text.indexOf(end, from)) {
        take(text.slice(from, at))
        from = at + 1
        if (batch.length >= batchSize) {
          yield batch
          batch = []
        }
      }
    }
    rest = text.slice(from)
    if (rest.length > longestLine) {
      skipping = true
      rest = ''
    }
  }
  if (rest !== '' || skipping) take(rest)
  if (batch.length > 0) yield batch
}
