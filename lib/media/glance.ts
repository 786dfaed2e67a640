import { hash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { AppError } from '@/lib/errors'
import { diskError, MAX_PICTURE_BYTES } from './disk'
import { readHeader, type Header } from './header'

export type Glance = { sha256: string; bytes: number; header?: Header }

const START = 1 << 20
let scratch = Buffer.allocUnsafeSlow(START)

/**
 * A file's hash, size and picture header in one reading. Synchronous and into one buffer on purpose: ten thousand small
 * files cost a third of what they cost through promises. Throws as `readPart` does.
 */
export function glance(file: string): Glance {
  let fd: number | undefined
  try {
    fd = openSync(file, 'r')
    const about = fstatSync(fd)
    if (!about.isFile()) throw new AppError('refused', `${file} is not a plain file.`)
    if (about.size > MAX_PICTURE_BYTES) throw new AppError('refused', `${file} is larger than ${MAX_PICTURE_BYTES / 1_048_576} MB; pictures of that size are not read.`)
    if (about.size > scratch.length) scratch = Buffer.allocUnsafeSlow(about.size)
    let read = 0
    while (read < about.size) {
      const got = readSync(fd, scratch, read, about.size - read, read)
      if (got === 0) throw new AppError('refused', `${file} became shorter while it was read.`)
      read += got
    }
    const bytes = scratch.subarray(0, read)
    return { sha256: hash('sha256', bytes, 'hex'), bytes: read, header: readHeader(bytes) }
  } catch (error) {
    throw diskError(error, file)
  } finally {
    if (fd !== undefined) closeSync(fd)
  }
}
