import { hash } from 'node:crypto'
import { readHeader, type Header } from './header'
import { readNow } from './read-now'

export type Glance = { sha256: string; bytes: number; header?: Header }

const START = 1 << 20
let scratch = Buffer.allocUnsafeSlow(START)

function scratchOf(size: number): Buffer {
  if (size > scratch.length) scratch = Buffer.allocUnsafeSlow(size)
  return scratch.subarray(0, size)
}

/** A file's hash, size and picture header in one reading, in memory that is used again. Throws as `readPart` does. */
export function glance(file: string): Glance {
  const bytes = readNow(file, undefined, scratchOf)
  return { sha256: hash('sha256', bytes, 'hex'), bytes: bytes.length, header: readHeader(bytes) }
}
