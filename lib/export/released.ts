import type { Blended } from '@/lib/blend/resolve'
import type { BlendCaption } from '@/lib/blend/schema'
import type { BlendSample } from '@/lib/blend/store'
import { AppError } from '@/lib/errors'
import type { ReleasedCandidate, ReleasedSample } from '@/lib/format/types'
import { original, type MediaRow } from '@/lib/media/store'
import type { Images } from './schema'

const EXTENSIONS: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'image/gif': 'gif' }

/** Bytes of pictures that lie in a file of their own, so that the sink can link it instead of writing them again. */
export type Linkable = WeakMap<Uint8Array, string>

/** A sample as formats write it, still without its picture's bytes. */
export function released(sample: BlendSample, { chosen, heads }: Blended, media: MediaRow | undefined, options: { weighted: boolean; images: Images; split?: string }): ReleasedSample {
  const out: ReleasedSample = { key: sample.key, chosen: { kind: chosen.kind, origin: chosen.origin, text: chosen.text }, candidates: heads.map(({ caption, p }) => candidate(caption, options.weighted ? p : undefined)) }
  const alt = heads[0]?.caption.kind === 'alt' ? heads[0].caption.text : undefined
  if (alt !== undefined) out.alt = alt
  if (options.split !== undefined) out.split = options.split
  if (sample.meta !== null) out.meta = JSON.parse(sample.meta) as Record<string, unknown>
  if (media) {
    if (media.width) out.width = media.width
    if (media.height) out.height = media.height
    if (media.place === 'url') out.url = media.path
    else if (options.images === 'reference') out.reference = sample.key
  }
  return out
}

function candidate({ kind, origin, standing, text, model, recipe }: BlendCaption, p: number | undefined): ReleasedCandidate {
  const out: ReleasedCandidate = { kind, origin, standing, text }
  if (model !== null) out.model = model
  if (recipe !== null) out.recipe = recipe
  if (p !== undefined) out.p = p
  return out
}

/** The picture with its decoded type; undefined when it cannot be read, or was never fetched. */
export async function pictureOf(media: MediaRow | undefined, linkable: Linkable): Promise<ReleasedSample['image']> {
  if (!media || (media.place === 'url' && media.member === null)) return undefined
  try {
    const { bytes, mime } = await original(media)
    const extension = EXTENSIONS[mime]
    if (media.place === 'file') linkable.set(bytes, media.path)
    return extension === undefined ? undefined : { bytes, mime, extension }
  } catch (error) {
    if (error instanceof AppError && error.code !== 'internal') return undefined
    throw error
  }
}
