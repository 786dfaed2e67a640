import { statSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '../errors'
import { folderSource, headOf } from './folder-source'
import type { Mapping, Source } from './types'
import { zipSource } from './zip-source'

/**
 * Opens a folder, a zip, or a single file (a table, a tar) for the formats. `allow` lists further folders that paths in
 * the data may lead to. Throws AppError 'not_found' or 'invalid'.
 */
export async function openSource(where: string, mapping: Mapping = {}, options: { allow?: readonly string[] } = {}): Promise<Source> {
  const place = path.resolve(where)
  const found = statSync(place, { throwIfNoEntry: false })
  if (!found) throw new AppError('not_found', `There is no file or folder ${place}.`)
  const allow = options.allow ?? []
  if (found.isDirectory()) return folderSource(place, { mapping, allow })
  if (!found.isFile()) throw new AppError('invalid', `${place} is neither a file nor a folder.`)
  if (found.size === 0) throw new AppError('invalid', `${place} is empty.`)
  const [p, k, three, four] = await headOf(place, 4)
  const zip = p === 0x50 && k === 0x4b && ((three === 3 && four === 4) || (three === 5 && four === 6))
  return zip ? zipSource(place, mapping) : folderSource(path.dirname(place), { only: path.basename(place), mapping, allow })
}
