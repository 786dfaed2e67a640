import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { AppError } from '@/lib/errors'

/** Pictures larger than this are not read. */
export const MAX_PICTURE_BYTES = 50 * 1024 * 1024

const inflate = promisify(inflateRaw)
/** DuckDB tells the system's words and no code. */
const codeOf = (error: unknown) => (!(error instanceof Error) ? '' : 'code' in error ? String(error.code) : error.message.endsWith('No space left on device') ? 'ENOSPC' : '')

/**
 * A failed read or write in words a person can act on; anything unknown is passed on as it is. `then`: what to do when there
 * is room again.
 */
export function diskError(error: unknown, file: string, then = 'start again; what is done stays done'): unknown {
  const said: Record<string, [AppError['code'], string]> = {
    ENOSPC: ['unavailable', `The disk is full: ${file} could not be written. Free space and ${then}.`],
    SQLITE_FULL: ['unavailable', `The disk is full: the database cannot grow. Free space and ${then}.`],
    EDQUOT: ['unavailable', `The disk quota is used up: ${file} could not be written. Free space and ${then}.`],
    EROFS: ['unavailable', `${file} cannot be written: the file system is read-only. Choose another RECAPTION_HOME.`],
    EACCES: ['refused', `${file} may not be read or written by this user. Change its permissions.`],
    EPERM: ['refused', `${file} may not be read or written by this user. Change its permissions.`],
    EMFILE: ['unavailable', `Too many files are open to read ${file}. Raise the limit (ulimit -n) and start again.`],
    ENOENT: ['not_found', `There is no file ${file}.`],
    ENOTDIR: ['not_found', `There is no file ${file}.`],
    ENAMETOOLONG: ['refused', `The name of ${file.slice(0, 120)}… is too long for this file system.`],
    ELOOP: ['refused', `${file} is a link that leads nowhere or out of its folder.`],
    EISDIR: ['refused', `${file} is a folder, not a file.`],
  }
  const known = said[codeOf(error)]
  return known ? new AppError(known[0], known[1], { cause: error }) : error
}

/** Writes a file aside, syncs it and gives it its name: under that name it is whole or not there at all. */
export async function writeAside(file: string, bytes: Uint8Array): Promise<void> {
  const aside = path.join(path.dirname(file), `.${randomBytes(6).toString('hex')}.part`)
  try {
    await mkdir(path.dirname(file), { recursive: true })
    const handle = await open(aside, 'wx')
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(aside, file)
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined)
    throw diskError(error, file)
  }
}

/** A part of a file, or the whole of it. Throws 'refused' beyond the size cap and for what is not a plain file. */
export async function readPart(file: string, part?: { offset: number; length: number }): Promise<Uint8Array> {
  try {
    const handle = await open(file, 'r')
    try {
      const about = await handle.stat()
      if (!about.isFile()) throw new AppError('refused', `${file} is not a plain file.`)
      const length = part?.length ?? about.size
      if (length > MAX_PICTURE_BYTES) throw new AppError('refused', `${file} is larger than ${MAX_PICTURE_BYTES / 1_048_576} MB; pictures of that size are not read.`)
      const offset = part?.offset ?? 0
      if (offset + length > about.size) throw new AppError('refused', `${file} ends before byte ${offset + length}: it was cut or replaced.`)
      const bytes = Buffer.allocUnsafe(length)
      let read = 0
      while (read < length) {
        const { bytesRead } = await handle.read(bytes, read, length - read, offset + read)
        if (bytesRead === 0) throw new AppError('refused', `${file} became shorter while it was read.`)
        read += bytesRead
      }
      return bytes
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw diskError(error, file)
  }
}

/** A deflated member's bytes. Throws 'refused' when they are damaged or more than was said. */
export async function unpack(packed: Uint8Array, size: number, what: string): Promise<Uint8Array> {
  if (size > MAX_PICTURE_BYTES) throw new AppError('refused', `${what} unpacks to more than ${MAX_PICTURE_BYTES / 1_048_576} MB; pictures of that size are not read.`)
  try {
    const bytes = await inflate(packed, { maxOutputLength: Math.max(1, size) })
    if (bytes.length === size) return bytes
  } catch (cause) {
    throw new AppError('refused', `${what} cannot be unpacked: it is damaged.`, { cause })
  }
  throw new AppError('refused', `${what} unpacks to less than its archive says: it is damaged.`)
}
