import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { detectFormat, formats } from '@/lib/format'
import { openSource as open } from '@/lib/format/source'
import type { Format, Source } from '@/lib/format/types'
import { allowedPath, allowedRoots, allowRoot } from '@/lib/media/roots-store'
import type { ImportMapping, PreviewRequest } from './schema'

export type Opened = { source: Source; format: Format; close(): Promise<void> }

/** The format that recognises the source best. Throws 'invalid' when none does. */
async function recognise(source: Source): Promise<Format> {
  const [best] = (await detectFormat(source)).map((id) => formats.get(id)).filter((format) => format.read)
  if (best) return best
  const paths = await source.paths()
  throw new AppError('invalid', `No format is recognised in ${source.root}: ${paths.length === 0 ? 'it holds no files' : `it holds ${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ' …' : ''}`}. Name one with --format: ${formats.all.filter((one) => one.read).map((one) => one.id).join(', ')}.`)
}

function reader(id: string): Format {
  const format = formats.get(id)
  if (!format.read) throw new AppError('invalid', `The format ${id} is written only, not read.`)
  return format
}

export const mappingOf = ({ image, key, captions, separator, header }: ImportMapping): ImportMapping => ({ image, key, captions, separator, header })

/**
 * Opens a source for its format. With `trusted` (a path that a person gave on the command line) its folder becomes one
 * from which bytes may be read; without it the source must lie in such a folder, or among the uploads.
 */
export async function openSource(request: PreviewRequest, options: { trusted?: boolean } = {}): Promise<Opened> {
  const where = path.resolve(request.source)
  const uploaded = where.startsWith(env.uploads + path.sep)
  if (!options.trusted && !uploaded) await allowedPath(where)
  const source = await open(where, mappingOf(request), { allow: uploaded ? [] : allowedRoots().filter((root) => existsSync(root)) })
  try {
    // A table's pictures lie beside it; an archive holds its own.
    const single = (await stat(where)).isFile() && /\.(zip|tar|tgz|tar\.gz)$/i.test(where)
    if (options.trusted && !uploaded) await allowRoot(single ? where : source.root)
    return { source, format: request.format ? reader(request.format) : await recognise(source), close: () => source.close() }
  } catch (error) {
    await source.close()
    throw error
  }
}
