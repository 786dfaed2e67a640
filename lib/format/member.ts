import { open, readFile } from 'node:fs/promises'
import { inflateRawSync } from 'node:zlib'
import { AppError, messageOf } from '../errors'
import type { ImageRef } from './types'

/** The bytes a reference leads to on this machine; undefined for a URL. Throws AppError 'invalid' when they cannot be read. */
export async function bytesAt(ref: ImageRef): Promise<Uint8Array | undefined> {
  if (ref.place === 'url') return undefined
  if (ref.place === 'bytes') return ref.bytes
  if (ref.place === 'file') return readFile(ref.path)
  const handle = await open(ref.path, 'r')
  try {
    const bytes = Buffer.alloc(ref.length)
    const { bytesRead } = await handle.read(bytes, 0, ref.length, ref.offset)
    if (bytesRead < ref.length) throw new AppError('invalid', `${ref.path} ends before its member “${ref.member}” does.`)
    return ref.inflate === undefined ? bytes : inflateRawSync(bytes, { maxOutputLength: Math.max(1, ref.inflate) })
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('invalid', `“${ref.member}” in ${ref.path} cannot be unpacked: ${messageOf(error)}`, { cause: error })
  } finally {
    await handle.close()
  }
}
