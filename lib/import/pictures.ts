import { statSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import type { ImageRef, ImportedSample } from '@/lib/format/types'
import { isAppError } from '@/lib/errors'
import { readPart, unpack } from '@/lib/media/disk'
import { glance } from '@/lib/media/glance'
import { readHeader, type Header } from '@/lib/media/header'
import { inspectPicture, MAX_MEGAPIXELS, thumbnail } from '@/lib/media/picture'
import { hashOf, keep, type MediaRow, type NewMedia } from '@/lib/media/store'

/** A sample with its picture looked at: ready to be written, or a problem. */
export type Ready = { sample: ImportedSample; media: NewMedia | null; sidecar?: Sidecar } | { problem: string; sample: ImportedSample }
/** The caption file of a sample, as it is on disk. */
export type Sidecar = { path: string; sha256: string }
/** `pictureAt`: the picture that a key of the dataset stands for. `sidecar`: gives the absolute path of a sample's caption file, when captions can be written back to it. */
export type LookOptions = { copy: boolean; pictureAt: (key: string) => MediaRow | undefined; sidecar?: (sample: ImportedSample) => Promise<string | undefined> }

/** Pictures that are read at the same time: enough to keep a disk busy while one is hashed. */
const AT_ONCE = 4
/** Pictures after which other work of the process gets its turn. */
const YIELD_EVERY = 64

const sure = (header: Header | undefined): header is Header => header !== undefined && header.whole && header.width * header.height <= MAX_MEGAPIXELS * 1e6

/** Type and size; a picture whose end mark is missing, or that the quick reader does not know, is decoded to be sure. */
async function judge(bytes: Uint8Array, header = readHeader(bytes)): Promise<{ mime: string; width: number; height: number }> {
  if (sure(header)) return { mime: header.mime, width: header.width, height: header.height }
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

/** A file where it is: not read again when the dataset knows it and its size is the same. */
async function lookAtFile(path: string, held: MediaRow | undefined): Promise<NewMedia> {
  if (held?.place === 'file' && held.path === path && statSync(path, { throwIfNoEntry: false })?.size === held.bytes) return held
  const { sha256, bytes, header } = glance(path)
  return { ...(await judge(sure(header) ? new Uint8Array() : await readPart(path), header)), sha256, bytes, place: 'file', path }
}

async function look(sample: ImportedSample, image: ImageRef, { copy, pictureAt }: LookOptions): Promise<NewMedia> {
  if (image.place === 'url') return { place: 'url', path: image.url, width: sample.width, height: sample.height }
  if (image.place === 'file' && !copy) return lookAtFile(image.path, pictureAt(sample.key))
  const bytes = await bytesAt(image)
  const facts = { ...(await judge(bytes)), bytes: bytes.length, sha256: hashOf(bytes) }
  if (copy || image.place !== 'member') return { ...facts, place: 'store', path: await keep(bytes, facts.sha256) }
  return { ...facts, place: 'member', path: image.path, member: image.member, offset: image.offset, length: image.length, inflate: image.inflate }
}

const sentence = (text: string) => `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`

async function ready(sample: ImportedSample, options: LookOptions): Promise<Ready> {
  if (!sample.image) return sample.missing === undefined ? { sample, media: null } : { sample, problem: `There is no picture at “${sample.missing}”.` }
  try {
    const media = await look(sample, sample.image, options)
    const beside = await options.sidecar?.(sample)
    return beside ? { sample, media, sidecar: { path: beside, sha256: glance(beside).sha256 } } : { sample, media }
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
    for (let at = next++; at < samples.length; at = next++) {
      out[at] = await ready(samples[at], options)
      if (at % YIELD_EVERY === 0) await setImmediate()
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, samples.length) }, work))
  return out
}
