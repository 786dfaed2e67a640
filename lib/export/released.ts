import type { Blended } from '@/lib/blend/resolve'
import type { BlendSample } from '@/lib/blend/store'
import { AppError } from '@/lib/errors'
import type { ReleasedSample } from '@/lib/format/types'
import { original, type MediaRow } from '@/lib/media/store'
import type { Images } from './schema'

const EXTENSIONS: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'image/gif': 'gif' }

/** Bytes of pictures that lie in a file of their own, so that the sink can link it instead of writing them again. */
export type Linkable = WeakMap<Uint8Array, string>

/** A sample as formats write it, still without its picture's bytes. */
export function released(sample: BlendSample, { chosen, heads }: Blended, media: MediaRow | undefined, options: { weighted: boolean; images: Images; split?: string }): ReleasedSample {
  const alt = heads.find(({ caption }) => caption.kind === 'alt')?.caption.text
  return {
    key: sample.key,
    chosen: { kind: chosen.kind, origin: chosen.origin, text: chosen.text },
    candidates: heads.map(({ caption, p }) => ({
      kind: caption.kind,
      origin: caption.origin,
      standing: caption.standing,
      text: caption.text,
      ...(caption.model !== null && { model: caption.model }),
      ...(caption.recipe !== null && { recipe: caption.recipe }),
      ...(options.weighted && { p }),
    })),
    ...(alt !== undefined && { alt }),
    ...(media?.width && { width: media.width }),
    ...(media?.height && { height: media.height }),
    ...(media?.place === 'url' && { url: media.path }),
    ...(options.split !== undefined && { split: options.split }),
    ...(sample.meta !== null && { meta: JSON.parse(sample.meta) as Record<string, unknown> }),
    ...(options.images === 'reference' && media && media.place !== 'url' && { reference: sample.key }),
  }
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
