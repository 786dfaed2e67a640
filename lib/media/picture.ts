import sharp, { type Sharp } from 'sharp'
import { AppError, messageOf } from '@/lib/errors'
import { HASH_SIDE, perceptualHash } from './perceptual-hash'

const LOADERS = ['Jpeg', 'Png', 'Webp', 'Nsgif'].flatMap((format) => [`VipsForeignLoad${format}File`, `VipsForeignLoad${format}Buffer`])
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: LOADERS })
sharp.cache(false) // a file may be replaced under its name
sharp.concurrency(1) // several pictures at once use the cores better than one picture cut into strips

const MEGAPIXEL = 1_000_000
/** Pictures with more pixels than this are refused. */
export const MAX_MEGAPIXELS = 100
const MIMES = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp', gif: 'image/gif' } as const

/** The bytes of a picture, or the path of its file. */
export type Picture = Uint8Array | string
/** `width` and `height` are those of the upright picture; of an animation, of its first frame. */
export type PictureFacts = { mime: (typeof MIMES)[keyof typeof MIMES]; width: number; height: number; animated: boolean }
/** Upright pixels, 3 bytes (red, green, blue) each, row by row. */
export type Pixels = { data: Uint8Array; width: number; height: number }
export type Encoding = 'jpeg' | 'webp' | 'png'
export type Encoded = { bytes: Uint8Array; mime: string; width: number; height: number }
/** A part of a picture, in pixels of the upright picture. */
export type Region = { left: number; top: number; width: number; height: number }

const open = (input: Picture) => sharp(input, { limitInputPixels: MAX_MEGAPIXELS * MEGAPIXEL })
/** Upright, on white, 8 bits of sRGB: what a person would see, and what every reader of pixels here gets. */
const upright = (input: Picture) => open(input).rotate().flatten({ background: '#fff' }).toColourspace('srgb').removeAlpha()
const fromRaw = ({ data, width, height }: Pixels) => sharp(data, { raw: { width, height, channels: 3 } })

async function tooManyPixels(input: Picture): Promise<string> {
  const { width, height } = await sharp(input, { limitInputPixels: false }).metadata()
  return `too many pixels: ${Math.ceil((width * height * 100) / MEGAPIXEL) / 100} megapixels, at most ${MAX_MEGAPIXELS}`
}

async function refusal(input: Picture, cause: unknown): Promise<AppError> {
  const said = messageOf(cause)
  const refused = (message: string) => new AppError('refused', message, { cause })
  if (/Input file is missing|No such file/i.test(said)) return new AppError('not_found', `There is no file ${String(input)}.`, { cause })
  if (/exceeds pixel limit/i.test(said)) return refused(await tooManyPixels(input))
  if (/is empty/i.test(said)) return refused('empty: a picture of 0 bytes')
  // libvips keeps one list of messages for all threads: what it warned of may have gone with another picture's.
  if (/premature end|unexpected end|unable to parse image|libpng read error|unable to load|warning treated as error/i.test(said)) return refused('cut off or damaged: the picture cannot be read to its end')
  if (/unsupported image format/i.test(said)) return refused('not a picture that can be read: JPEG, PNG, WebP and GIF are')
  return refused(`a damaged picture: ${said}`)
}

async function reading<T>(input: Picture, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    throw await refusal(input, cause)
  }
}

const isKnown = (format: string): format is keyof typeof MIMES => format in MIMES

/**
 * Type and upright size as the decoder finds them; the name says nothing. Reads the header only: a picture that is cut
 * off is noticed by the functions that decode. Throws AppError 'refused', or 'not_found' for a missing file.
 */
export const inspectPicture = (input: Picture): Promise<PictureFacts> =>
  reading(input, async () => {
    const { format, autoOrient, pages } = await open(input).metadata()
    if (!isKnown(format)) throw new Error('unsupported image format')
    return { mime: MIMES[format], width: autoOrient.width, height: autoOrient.height, animated: (pages ?? 1) > 1 }
  })

/** `packed`: a JPEG's code tables are made for the picture, which takes a few percent off its bytes and changes no pixel, but costs as much again as all else of its making. */
async function encode(picture: Sharp, format: Encoding, quality: number, packed = true): Promise<Encoded> {
  const made = format === 'png' ? picture.png() : format === 'webp' ? picture.webp({ quality }) : picture.jpeg({ quality, optimiseCoding: packed })
  const { data, info } = await made.toBuffer({ resolveWithObject: true })
  return { bytes: data, mime: MIMES[format], width: info.width, height: info.height }
}

const THUMBNAIL_QUALITY = 78
const fitted = (input: Picture, side: number) => upright(input).resize(side, side, { fit: 'inside', withoutEnlargement: true })

/** At most `side` pixels wide and high, upright, on white, without metadata. Decodes the whole picture, so damage is noticed. */
export const thumbnail = (input: Picture, side: number, format: 'jpeg' | 'webp'): Promise<Encoded> =>
  reading(input, () => encode(fitted(input, side), format, THUMBNAIL_QUALITY))

/** As `thumbnail`, with the perceptual hash (16 hex digits) from the same decode. */
export const thumbnailWithHash = (input: Picture, side: number, format: 'jpeg' | 'webp'): Promise<Encoded & { hash: string }> =>
  reading(input, async () => {
    const { data, info } = await fitted(input, Math.max(side, HASH_SIDE)).raw().toBuffer({ resolveWithObject: true })
    const small: Pixels = { data, width: info.width, height: info.height }
    const grey = await fromRaw(small).resize(HASH_SIDE, HASH_SIDE, { fit: 'fill', kernel: 'lanczos3' }).greyscale().raw().toBuffer()
    const made = await encode(fromRaw(small).resize(side, side, { fit: 'inside', withoutEnlargement: true }), format, THUMBNAIL_QUALITY)
    return { ...made, hash: perceptualHash(grey) }
  })

/** The picture as it is sent elsewhere, once and kept by nobody: upright, on white, no metadata, its longer side at most `longestSide` (never enlarged). */
export const reencode = (input: Picture, { longestSide, format, quality = 88 }: { longestSide: number; format: Encoding; quality?: number }): Promise<Encoded> =>
  reading(input, () => encode(fitted(input, longestSide), format, quality, false))

/** A part of the upright picture. The region must lie inside it. */
export const crop = (input: Picture, region: Region, { format, quality = 90 }: { format: Encoding; quality?: number }): Promise<Encoded> =>
  reading(input, async () => encode(fromRaw(await decode(upright(input))).extract(region), format, quality))

async function decode(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

/** Upright sRGB pixels, the longer side at most `maxSide`. */
export const pixels = (input: Picture, maxSide: number): Promise<Pixels> => reading(input, () => decode(fitted(input, maxSide)))

/** Pixels to picture, for sample making and tests. */
export const encodePixels = (from: Pixels, format: Encoding, quality = 90): Promise<Encoded> => encode(fromRaw(from), format, quality)

/** Exactly `width` × `height`, without regard to proportions. `linear` is what the detectors were trained with. */
export const resizePixels = (from: Pixels, width: number, height: number, kernel: 'linear' | 'lanczos3' = 'lanczos3'): Promise<Pixels> =>
  decode(fromRaw(from).resize(width, height, { fit: 'fill', kernel }))

/** A part of pixels, turned by a quarter to the left when `turned`, brought to `width` × `height`. */
export async function cutPixels(from: Pixels, region: Region, { width, height, turned = false }: { width: number; height: number; turned?: boolean }): Promise<Pixels> {
  if (!turned) return decode(fromRaw(from).extract(region).resize(width, height, { fit: 'fill' }))
  const part = await decode(fromRaw(from).extract(region))
  return resizePixels(await decode(fromRaw(part).rotate(270)), width, height)
}
