import { AppError } from '../errors'
import { fromJson, fromText } from './beside'
import { objectOf } from './jsonl-rows'
import { fileNames } from './keys'
import { batchSize } from './lines'
import { manyFiles } from './many-files'
import { isOwnRow, ownSample, releasedRow } from './own-row'
import { baseOf, folderOf, isLitter, isPicture, joined, shown, unsafePath } from './paths'
import { withImages } from './row'
import { splitOf } from './splits'
import { isGzip, tarEntries, type TarEntry } from './tar-entries'
import { padding, tarEnd, tarHeader } from './tar-header'
import { decodedText } from './text'
import type { Format, ImageRef, ImportBatch, ImportedSample, ImportProblem, ReleasedSample, Sink, Source } from './types'

export const isTar = (path: string): boolean => /\.(tar|tar\.gz|tgz)$/i.test(path)

/** bytes of pictures held at once, when the shard is packed and cannot be read at random */
const heldBytes = 16_000_000
const longestText = 4_000_000
const largestPicture = 200_000_000
const shardSamples = 10_000
const shardBytes = 1_000_000_000

/** WebDataset's key: the path up to the first dot of the base name; the rest is the extension. */
function keyOf(name: string): { key: string; extension: string } {
  const base = baseOf(name)
  const dot = base.indexOf('.')
  return dot < 0 ? { key: name, extension: '' } : { key: joined(folderOf(name), base.slice(0, dot)), extension: base.slice(dot + 1).toLowerCase() }
}

type Group = { key: string; image?: ImageRef; texts: Map<string, string> }

async function sampleOf(group: Group, source: Source, path: string): Promise<readonly (ImportedSample | ImportProblem)[]> {
  const member = `${path}/${group.key}`
  const json = group.texts.get('json')
  if (json !== undefined) {
    const read = objectOf({ text: json, line: 1, tooLong: json.length > longestText })
    if ('object' in read && isOwnRow(read.object)) {
      const own = ownSample(read.object, member)
      if ('problem' in own || !group.image) return withImages([own], source)
      const { missing: _, ...sample } = own
      const url = own.image?.place === 'url' ? own.image.url : undefined
      return [{ ...sample, image: group.image, ...(url !== undefined && { meta: { ...own.meta, url } }) }]
    }
  }
  const problems: ImportProblem[] = []
  const sample: ImportedSample = { key: group.key, captions: [], at: { path: member }, ...(group.image && { image: group.image }) }
  const split = splitOf(path)
  const meta: Record<string, unknown> = split === undefined ? {} : { split }
  for (const [extension, text] of group.texts) {
    if (extension === 'cls') {
      meta.cls = text.trim()
      continue
    }
    const read = extension === 'json' ? fromJson(text, `${member}.json`, true) : fromText(text, `${member}.${extension}`, source.mapping.separator)
    if ('problem' in read) {
      problems.push(read)
      continue
    }
    sample.key = read.key ?? sample.key
    if (read.width !== undefined) sample.width = read.width
    if (read.height !== undefined) sample.height = read.height
    Object.assign(meta, read.meta)
    const known = sample.captions
    sample.captions = [...known, ...read.captions.filter((one) => !known.some((other) => other.text.trim() === one.text.trim()))]
    if (read.empty) sample.emptyAlt = true
  }
  if (sample.captions.length > 0) delete sample.emptyAlt
  if (Object.keys(meta).length > 0) sample.meta = meta
  return [...problems, sample]
}

/** Why a member is passed over; undefined when it is taken. */
function unfit({ name, type, size }: TarEntry, seen: boolean, picture: boolean): string | undefined {
  const why = unsafePath(name)
  if (why) return `The member's name ${why}.`
  if (type !== 'file') return `The member is a ${type.replaceAll('-', ' ')}, not a file.`
  if (seen) return 'The archive holds two members of this name; the first one counts.'
  if (size > (picture ? largestPicture : longestText)) return `The member has ${size} bytes; that is more than a ${picture ? 'picture' : 'caption'} may have.`
  return undefined
}

/** The samples of one shard. Pictures are referred to by their place in a plain tar, and held as bytes from a packed one. */
export async function* readTar(source: Source, path: string): AsyncIterable<ImportBatch> {
  const packed = await isGzip(source, path)
  const file = packed ? undefined : await source.file(path)
  let batch: (ImportedSample | ImportProblem)[] = []
  let held = 0
  let group: Group | undefined
  const seen = new Set<string>()
  try {
    for await (const entry of tarEntries(source, path, packed)) {
      const { name } = entry
      if (entry.type === 'directory' || (isLitter(name) && !unsafePath(name))) continue
      const { key, extension } = keyOf(name)
      const picture = isPicture(name)
      const why = unfit(entry, seen.has(name), picture)
      if (why) {
        batch.push({ problem: why, path: `${path}/${shown(name)}` })
        continue
      }
      seen.add(name)
      if (group && group.key !== key) {
        batch.push(...(await sampleOf(group, source, path)))
        group = undefined
        if (batch.length >= batchSize || held > heldBytes) {
          yield batch
          batch = []
          held = 0
        }
      }
      group ??= { key, texts: new Map() }
      if (picture) {
        if (file !== undefined && entry.offset >= 0) group.image ??= { place: 'member', path: file, member: name, offset: entry.offset, length: entry.size }
        else if (!group.image) {
          group.image = { place: 'bytes', bytes: await entry.read(), name: baseOf(name) }
          held += entry.size
        }
      } else if (['txt', 'caption', 'json', 'cls'].includes(extension)) group.texts.set(extension, await decodedText(await entry.read()))
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    batch.push({ problem: error.message, path })
    if (group) batch.push({ problem: 'The archive cannot be read on within or right behind this sample; it is left out.', path: `${path}/${shown(group.key)}` })
    group = undefined
  }
  if (group) batch.push(...(await sampleOf(group, source, path)))
  if (batch.length > 0) yield batch
}

const member = (name: string, bytes: Uint8Array): Uint8Array[] => [tarHeader(name, bytes.length), bytes, padding(bytes.length)]
const dotless = (stem: string) => joined(folderOf(stem), baseOf(stem).replaceAll('.', '%2E'))

async function writeShards(batches: AsyncIterable<readonly ReleasedSample[]>, sink: Sink): Promise<void> {
  const files = manyFiles(sink)
  let shard = 0
  let samples = 0
  let bytes = 0
  let nameOf = fileNames()
  const path = () => `${String(shard).padStart(5, '0')}.tar`
  try {
    for await (const batch of batches) {
      for (const sample of batch) {
        if (samples >= shardSamples || bytes >= shardBytes) {
          await files.push(path(), tarEnd())
          await files.close(path())
          shard++
          samples = 0
          bytes = 0
          nameOf = fileNames()
        }
        const stem = dotless(nameOf(sample.key))
        const { image } = sample
        const text = Buffer.from(sample.chosen.text)
        const json = Buffer.from(releasedRow(sample, image ? undefined : sample.reference))
        if (image) for (const part of member(`${stem}.${image.extension}`, image.bytes)) await files.push(path(), part)
        await files.push(path(), Buffer.concat([...member(`${stem}.json`, json), ...member(`${stem}.txt`, text)]))
        samples++
        bytes += (image?.bytes.length ?? 0) + json.length + text.length
      }
    }
    await files.push(path(), tarEnd())
    await files.end()
  } catch (error) {
    await files.fail(error)
    throw error
  }
}

/** WebDataset: tar shards whose members of one key are a sample: picture, `.txt`, `.json`. */
export const webdataset: Format = {
  id: 'webdataset',
  label: 'WebDataset (tar shards)',
  carries: ['key', 'text', 'kind', 'origin', 'model', 'candidates', 'size', 'meta', 'url', 'split', 'image'],
  detect: (paths) => (paths.some(isTar) ? 0.8 : 0),
  async *read(source) {
    for (const path of (await source.paths()).filter(isTar)) yield* readTar(source, path)
  },
  write: writeShards,
}
