import { AppError, messageOf } from '../errors'
import { isRecord } from './guards'
import { decodedText } from './text'
import type { Source } from './types'

/** bytes of a JSON file that is parsed at once; V8's strings end at 512 MB */
const mostBytes = 500_000_000

/** A whole JSON object from a file. Throws AppError 'invalid' when it is too large or none. */
export async function jsonFile(source: Source, path: string): Promise<Record<string, unknown>> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of source.stream(path)) {
    size += part.length
    if (size > mostBytes) throw new AppError('invalid', `${path} is larger than 500 MB, too large for one JSON object. Convert it to JSON lines.`)
    parts.push(part)
  }
  let value: unknown
  try {
    value = JSON.parse(await decodedText(Buffer.concat(parts)))
  } catch (error) {
    throw new AppError('invalid', `${path} is not valid JSON: ${messageOf(error).slice(0, 200)}`, { cause: error })
  }
  if (!isRecord(value)) throw new AppError('invalid', `${path} is not a JSON object.`)
  return value
}

/** The first characters of a file, to tell JSON shapes apart without reading it whole. */
export async function textHead(source: Source, path: string, length = 65_536): Promise<string> {
  for await (const chunk of source.stream(path)) return decodedText(chunk.subarray(0, length))
  return ''
}

/** Finds pictures by the path a file gives, or by their name alone when just one of that name is there. */
export async function pictureFinder(source: Source, folder: string): Promise<(given: string) => string | undefined> {
  const paths = await source.paths()
  const there = new Set(paths)
  const byBase = new Map<string, string | undefined>()
  for (const path of paths) {
    const base = path.slice(path.lastIndexOf('/') + 1)
    byBase.set(base, byBase.has(base) ? undefined : path)
  }
  return (given) => {
    const below = folder ? `${folder}/${given}` : given
    if (there.has(below)) return below
    if (there.has(given)) return given
    return byBase.get(given.slice(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1))
  }
}
