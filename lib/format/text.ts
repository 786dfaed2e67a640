import { isUtf8 } from 'node:buffer'

/** The number of bytes at the end that begin a UTF-8 character and do not finish it. */
function openTail(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

function decodeUtf8(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // what cannot be decoded stays recognisable as a lone surrogate, which the readers of rows refuse by name
  return isUtf8(buffer) ? buffer.toString('utf8') : buffer.toString('utf8').replaceAll('�', '\udc00')
}

/** Decodes a byte stream: UTF-8, or UTF-16 with a byte order mark. The mark is left out. */
export async function* decoded(stream: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  let wide: TextDecoder | undefined
  let started = false
  let held: Uint8Array = new Uint8Array(0)
  for await (const chunk of stream) {
    let bytes = held.length > 0 ? Buffer.concat([held, chunk]) : chunk
    if (!started) {
      if (bytes.length < 3) {
        held = bytes
        continue
      }
      started = true
      if (bytes[0] === 0xff && bytes[1] === 0xfe) wide = new TextDecoder('utf-16le')
      else if (bytes[0] === 0xfe && bytes[1] === 0xff) wide = new TextDecoder('utf-16be')
      else if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3)
    }
    if (wide) {
      held = new Uint8Array(0)
      yield wide.decode(bytes, { stream: true })
      continue
    }
    const tail = openTail(bytes)
    held = tail > 0 ? Uint8Array.from(bytes.subarray(bytes.length - tail)) : new Uint8Array(0)
    yield decodeUtf8(tail > 0 ? bytes.subarray(0, bytes.length - tail) : bytes)
  }
  if (wide) yield wide.decode()
  else if (held.length > 0) yield decodeUtf8(held)
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

/** The text of a whole small file. */
export async function decodedText(bytes: Uint8Array): Promise<string> {
  let text = ''
  for await (const part of decoded(once(bytes))) text += part
  return text
}
