const encoder = new TextEncoder()
const block = 512

/** bytes that fill a member up to the next block */
export const padding = (size: number): Uint8Array => new Uint8Array((block - (size % block)) % block)
/** two empty blocks end a tar */
export const tarEnd = (): Uint8Array => new Uint8Array(2 * block)

/** The name in the 100 and 155 bytes that ustar has for it; undefined when it does not fit. */
function ustarName(name: string): { name: Uint8Array; prefix: Uint8Array } | undefined {
  const bytes = encoder.encode(name)
  if (bytes.length <= 100) return { name: bytes, prefix: new Uint8Array(0) }
  for (let at = name.indexOf('/'); at > 0; at = name.indexOf('/', at + 1)) {
    const prefix = encoder.encode(name.slice(0, at))
    const rest = encoder.encode(name.slice(at + 1))
    if (prefix.length <= 155 && rest.length <= 100 && rest.length > 0) return { name: rest, prefix }
  }
  return undefined
}

function header(name: Uint8Array, prefix: Uint8Array, size: number, type: string): Uint8Array {
  const bytes = Buffer.alloc(block)
  const put = (text: string, at: number) => bytes.write(text, at, 'latin1')
  bytes.set(name, 0)
  put('0000644\0', 100)
  put('0000000\0', 108)
  put('0000000\0', 116)
  put(`${size.toString(8).padStart(11, '0')}\0`, 124)
  put('00000000000\0', 136)
  put('        ', 148)
  put(type, 156)
  put('ustar\x0000', 257)
  put('0000000\0', 329)
  put('0000000\0', 337)
  bytes.set(prefix, 345)
  let sum = 0
  for (let at = 0; at < block; at++) sum += bytes[at]
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return bytes
}

/** A PAX record counts its own length. */
function paxRecord(name: string, value: string): Uint8Array {
  const body = encoder.encode(` ${name}=${value}\n`)
  let length = body.length + 1
  while (String(length).length + body.length !== length) length = String(length).length + body.length
  return encoder.encode(`${length} ${name}=${value}\n`)
}

/** The header of a plain file of up to 8 GB: ustar, no owner, no time, so that the same files are the same tar. */
export function tarHeader(name: string, size: number): Uint8Array {
  const short = ustarName(name)
  if (short) return header(short.name, short.prefix, size, '0')
  const record = paxRecord('path', name)
  const cut = encoder.encode(name).subarray(0, 90)
  return Buffer.concat([header(encoder.encode('PaxHeader'), new Uint8Array(0), record.length, 'x'), record, padding(record.length), header(cut, new Uint8Array(0), size, '0')])
}
