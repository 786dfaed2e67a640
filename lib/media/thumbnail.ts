import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { writeAside } from './disk'
import type { FetchOptions } from './fetch'
import { thumbnail as draw } from './picture'
import { politely } from './polite'
import { bytesOf, hashOf, isAway, type MediaRow } from './store'

/** The longer sides, in pixels, in which thumbnails are made; no other can be asked for. */
export const SIDES = [160, 320, 640, 1280] as const
export type Side = (typeof SIDES)[number]
export const isSide = (side: number): side is Side => SIDES.some((one) => one === side)

const MIME = 'image/webp'
const making = new Map<string, Promise<Uint8Array>>()

/** Named by what the picture is, never by a row's number: another database below the same home finds its own. */
export function thumbnailFile(media: MediaRow, side: Side): string {
  const stem = media.sha256 ?? media.member ?? ''
  const safe = /^[0-9a-f]{64}$/.test(stem) ? stem : hashOf(Buffer.from(`${media.place}:${media.path}`))
  return path.join(env.thumbnails, safe.slice(0, 2), `${safe}-${side}.webp`)
}

/** Puts a thumbnail that was made elsewhere into the cache. */
export const keepThumbnail = (media: MediaRow, side: Side, bytes: Uint8Array): Promise<void> => writeAside(thumbnailFile(media, side), bytes)

/** A grid asks for many pictures at once; their hosts are not to feel it. */
const onDemand = politely({ tries: 1 })

/** So long an address that gave no picture is not asked again: each cell of a grid asks once more, to say why. */
const REST_MS = 10_000
const failedLately = new Map<number, unknown>()

async function fetched(media: MediaRow, options: FetchOptions): Promise<Uint8Array> {
  if (failedLately.has(media.id)) throw failedLately.get(media.id)
  try {
    return await onDemand(media.path, () => bytesOf(media, options), options.signal)
  } catch (error) {
    failedLately.set(media.id, error)
    setTimeout(() => failedLately.delete(media.id), REST_MS).unref()
    throw error
  }
}

async function make(media: MediaRow, side: Side, file: string, options: FetchOptions): Promise<Uint8Array> {
  const { bytes } = await draw(await (isAway(media) ? fetched(media, options) : bytesOf(media, options)), side, 'webp')
  // A cache that cannot be written (a full disk) costs speed, not the picture.
  await writeAside(file, bytes).catch((error) => {
    if (!(error instanceof AppError && error.code === 'unavailable')) throw error
  })
  return bytes
}

/** A small WebP of a picture: from the disk cache, or made now; asked for twice at once it is made once. */
export async function thumbnailOf(media: MediaRow, side: Side, options: FetchOptions = {}): Promise<{ bytes: Uint8Array; mime: string }> {
  const file = thumbnailFile(media, side)
  const cached = await readFile(file).catch(() => undefined)
  if (cached?.length) return { bytes: cached, mime: MIME }
  const running = making.get(file) ?? make(media, side, file, options).finally(() => making.delete(file))
  making.set(file, running)
  return { bytes: await running, mime: MIME }
}
