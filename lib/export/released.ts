import { isAbsolute, relative, sep } from 'node:path'
import type { Blended } from '@/lib/blend/resolve'
import type { BlendSample } from '@/lib/blend/store'
import { AppError } from '@/lib/errors'
import { urlIn } from '@/lib/format/placed'
import type { ReleasedCandidate, ReleasedSample } from '@/lib/format/types'
import { original, originalNow, storePath, type MediaRow } from '@/lib/media/store'
import type { Images } from './schema'

const EXTENSIONS: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'image/gif': 'gif' }

/** Bytes of pictures that lie in a file of their own, so that the sink can link it instead of writing them again. */
export type Linkable = WeakMap<Uint8Array, string>

/** A sample as formats write it, still without its picture's bytes. */
export function released(sample: BlendSample, { chosen, heads, chances }: Blended, media: MediaRow | undefined, options: { weighted: boolean; images: Images; folder: string; split?: string }): ReleasedSample {
  const meta = sample.meta === null ? undefined : (JSON.parse(sample.meta) as Record<string, unknown>)
  return {
    key: sample.key,
    chosen,
    candidates: options.weighted ? heads.map((head): ReleasedCandidate => ({ ...head, p: chances.get(head.kind) ?? 0 })) : heads,
    alt: heads[0]?.kind === 'alt' ? heads[0].text : undefined,
    split: options.split,
    meta,
    width: media?.width || undefined,
    height: media?.height || undefined,
    url: media?.place === 'url' ? media.path : urlIn(meta),
    reference: media && media.place !== 'url' ? referenceOf(sample.key, media, options) : undefined,
  }
}

/** Where a row says that its picture lies; undefined where the picture goes along, or has no file of its own to lead to. */
function referenceOf(key: string, { place, path: file }: MediaRow, { images, folder }: { images: Images; folder: string }): string | undefined {
  if (images === 'reference') return key
  if (images !== 'relative' || place === 'member') return undefined
  const path = relative(folder, place === 'store' ? storePath(file) : file)
  return isAbsolute(path) ? undefined : path.split(sep).join('/')
}

/** The picture with its decoded type; undefined when it cannot be read, or was never fetched. `near`: its disk answers at once. */
export async function pictureOf(media: MediaRow | undefined, linkable: Linkable, near: boolean): Promise<ReleasedSample['image']> {
  if (!media || (media.place === 'url' && media.member === null)) return undefined
  try {
    const { bytes, mime } = (near ? originalNow(media) : undefined) ?? (await original(media))
    const extension = EXTENSIONS[mime]
    if (media.place === 'file') linkable.set(bytes, media.path)
    return extension === undefined ? undefined : { bytes, mime, extension }
  } catch (error) {
    if (error instanceof AppError && error.code !== 'internal') return undefined
    throw error
  }
}
