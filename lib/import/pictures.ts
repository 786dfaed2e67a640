import { stat } from 'node:fs/promises'
import type { ImageRef, ImportedSample } from '@/lib/format/types'
import { isAppError } from '@/lib/errors'
import { readPart, unpack } from '@/lib/media/disk'
import { readHeader } from '@/lib/media/header'
import { inspectPicture, MAX_MEGAPIXELS, thumbnail } from '@/lib/media/picture'
import { hashOf, keep, type NewMedia } from '@/lib/media/store'
import { pictureAt } from './sample-store'

/** A sample with its picture looked at: ready to be written, or a problem. */
export type Ready = { sample: ImportedSample; media: NewMedia | null; sidecar?: Sidecar } | { problem: string; sample: ImportedSample }
/** The caption file of a sample, as it is on disk. */
export type Sidecar = { path: string; sha256: string }
/** `sidecar`: gives the absolute path of a sample's caption file, when captions can be written back to it. */
export type LookOptions = { datasetId: number; copy: boolean; sidecar?: (sample: ImportedSample) => Promise<string | undefined> }

/** Pictures that are read at the same time: enough to keep a disk busy while one is hashed. */
const AT_ONCE = 4

/** Type and size; a picture whose end mark is missing, or that the quick reader does not know, is decoded to be sure. */
async function judge(bytes: Uint8Array): Promise<{ mime: string; width: number; height: number }> {
  const header = readHeader(bytes)
  if (header?.whole && header.width * header.height <= MAX_MEGAPIXELS * 1e6) return { mime: header.mime, width: header.width, height: header.height }
  const { mime, width, height } = await inspectPicture(bytes)
  await thumbnail(bytes, 32, 'jpeg')
  return { mime, width, height }
}

async function bytesAt(image: Exclude<ImageRef, { place: 'url' }>): Promise<Uint8Array> {
  if (image.place === 'bytes') return image.bytes
  if (image.place === 'file') return readPart(image.path)
  const packed = await readPart(image.path, { offset: image.offset, length: image.length })
  return image.inflate === undefined ? packed : unpack(packed, image.inflate, `“${image.member}”`)
}

/** The picture as the dataset knows it already, when nothing about its file has changed: not read again. */
async function known(image: ImageRef, datasetId: number, key: string): Promise<NewMedia | undefined> {
  if (image.place !== 'file') return undefined
  const held = pictureAt(datasetId, key)
  if (!held || held.place !== 'file' || held.path !== image.path) return undefined
  return (await stat(image.path)).size === held.bytes ? held : undefined
}

async function look(sample: ImportedSample, image: ImageRef, { datasetId, copy }: LookOptions): Promise<NewMedia> {
  if (image.place === 'url') return { place: 'url', path: image.url, width: sample.width, height: sample.height }
  const held = copy ? undefined : await known(image, datasetId, sample.key)
  if (held) return held
  const bytes = await bytesAt(image)
  const facts = { ...(await judge(bytes)), bytes: bytes.length, sha256: hashOf(bytes) }
  if (copy || image.place === 'bytes') return { ...facts, place: 'store', path: await keep(bytes, facts.sha256) }
  if (image.place === 'file') return { ...facts, place: 'file', path: image.path }
  return { ...facts, place: 'member', path: image.path, member: image.member, offset: image.offset, length: image.length, inflate: image.inflate }
}

const sentence = (text: string) => `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`

async function ready(sample: ImportedSample, options: LookOptions): Promise<Ready> {
  if (!sample.image) return sample.missing === undefined ? { sample, media: null } : { sample, problem: `There is no picture at “${sample.missing}”.` }
  try {
    const media = await look(sample, sample.image, options)
    const beside = await options.sidecar?.(sample)
    return beside ? { sample, media, sidecar: { path: beside, sha256: hashOf(await readPart(beside)) } } : { sample, media }
  } catch (error) {
    // "Later" (a full disk, too many open files) stops the import, which goes on there; "never" is this picture's own problem.
    if (!isAppError(error) || error.code === 'unavailable' || error.code === 'internal') throw error
    return { sample, problem: `The picture “${sample.key}” was not taken. ${sentence(error.message)}` }
  }
}

/** Looks at the pictures of a batch, a few at a time; the order stays. */
export async function readyAll(samples: readonly ImportedSample[], options: LookOptions): Promise<Ready[]> {
  const out: Ready[] = new Array(samples.length)
  let next = 0
  const work = async () => {
    for (let at = next++; at < samples.length; at = next++) out[at] = await ready(samples[at], options)
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, samples.length) }, work))
  return out
}
