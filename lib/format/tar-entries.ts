import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { AppError, messageOf } from '../errors'
import { headOf } from './folder-source'
import type { Source } from './types'

/** unpacked to packed, of a tar.gz */
const mostRatio = 100
/** bytes that may be unpacked before the ratio counts */
const freeBytes = 10_000_000

export type TarEntry = {
  name: string
  /** `file` for what can be read; links, devices and the rest by their own names */
  type: string
  size: number
  /** where the bytes begin in the (unpacked) tar */
  offset: number
  read(): Promise<Uint8Array>
}

async function* limited(packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let taken = 0
  let given = 0
  const counted = Readable.from((async function* () {
    for await (const chunk of packed) {
      taken += chunk.length
      yield chunk
    }
  })())
  const gunzip = createGunzip({ chunkSize: 1 << 18 })
  counted.on('error', (error) => gunzip.destroy(error))
  for await (const chunk of counted.pipe(gunzip)) {
    if (!(chunk instanceof Uint8Array)) continue
    given += chunk.length
    if (given > freeBytes && given > taken * mostRatio) throw new Error(`it unpacks to more than ${mostRatio} times its size`)
    yield chunk
  }
}

const unreadable = (path: string, error: unknown) => new AppError('invalid', `${path} cannot be read on as a tar archive: ${messageOf(error)}.`, { cause: error })

/** Whether the file at this path is gzip-packed, by its first bytes. */
export async function isGzip(source: Source, path: string): Promise<boolean> {
  const file = await source.file(path)
  if (file !== undefined) {
    const [a, b] = await headOf(file, 2).catch((error: unknown) => { throw unreadable(path, error) })
    return a === 0x1f && b === 0x8b
  }
  for await (const chunk of source.stream(path)) return chunk[0] === 0x1f && chunk[1] === 0x8b
  return false
}

/** The members of a tar or tar.gz in their order, streamed. Throws AppError 'invalid' where the archive cannot be read on. */
export async function* tarEntries(source: Source, path: string, packed: boolean): AsyncIterable<TarEntry> {
  const members = extract()
  const bytes = source.stream(path)
  const input = Readable.from(packed ? limited(bytes) : bytes, { objectMode: false, highWaterMark: 1 << 20 })
  let cause: unknown
  input.on('error', (error) => {
    cause = error
    members.destroy(error)
  })
  input.pipe(members)
  try {
    for await (const entry of members) {
      const { header } = entry
      yield {
        name: header.name,
        type: header.type === 'contiguous-file' ? 'file' : (header.type ?? 'unknown'),
        size: header.size ?? 0,
        offset: 'byteOffset' in header && typeof header.byteOffset === 'number' ? header.byteOffset : -1,
        async read() {
          const parts: Uint8Array[] = []
          try {
            for await (const part of entry) if (part instanceof Uint8Array) parts.push(part)
          } catch (error) {
            throw unreadable(path, cause ?? error)
          }
          return Buffer.concat(parts)
        },
      }
      entry.resume()
    }
  } catch (error) {
    throw unreadable(path, cause ?? error)
  } finally {
    input.destroy()
    members.destroy()
  }
}
