import { decoded } from './text'

export type Element = { text: string; index: number; tooLong?: boolean }

/** The objects of a top-level JSON array as texts, streamed, so that a file larger than memory can be read. What stands between them is skipped. */
export async function* arrayElements(stream: AsyncIterable<Uint8Array>, longest: number): AsyncIterable<Element> {
  let held = ''
  let depth = 0
  let inString = false
  let escaped = false
  let index = 0
  let length = 0
  for await (const chunk of decoded(stream)) {
    let from = depth >= 2 ? 0 : -1
    for (let at = 0; at < chunk.length; at++) {
      const code = chunk.charCodeAt(at)
      if (inString) {
        if (escaped) escaped = false
        else if (code === 92) escaped = true
        else if (code === 34) inString = false
        continue
      }
      if (code === 34) inString = true
      else if (code === 123 || code === 91) {
        depth++
        if (depth === 2) from = at
      } else if (code === 125 || code === 93) {
        depth--
        if (depth === 1 && from >= 0) {
          length += at + 1 - from
          yield length > longest ? { text: '', index, tooLong: true } : { text: held + chunk.slice(from, at + 1), index }
          held = ''
          length = 0
          index++
          from = -1
        }
      }
    }
    if (from >= 0) {
      length += chunk.length - from
      held = length > longest ? '' : held + chunk.slice(from)
    }
  }
  if (depth > 0) yield { text: held, index }
}
