import { guessColumns } from './columns'
import { isRecord } from './guards'
import { tooDeep } from './jsonl-rows'
import { fileNames } from './keys'
import { longestLine } from './lines'
import { baseOf, extensionOf, folderOf, isPicture, stemOf } from './paths'
import { longestCaption, plain, rowReader, unstorable } from './row'
import { splitOf } from './splits'
import { decodedText } from './text'
import type { Format, ImportBatch, ImportedCaption, ImportedSample, ImportProblem, ReleasedSample, Sink, Source } from './types'

const captionFiles = ['txt', 'caption', 'json'] as const
/** pictures whose sidecars are read side by side */
const atOnce = 32
/** in a .json beside a picture: it holds what the file names and the .txt cannot say */
const mark = 'recaption'

/** The text of a small file; undefined when it is larger than any caption may be. */
export async function smallText(source: Source, path: string): Promise<string | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of source.stream(path)) {
    size += part.length
    if (size > longestCaption * 4) return undefined
    parts.push(part)
  }
  return decodedText(Buffer.concat(parts))
}

type Beside = { captions: ImportedCaption[]; meta?: Record<string, unknown>; empty: boolean; key?: string; alone?: boolean }

/** What a JSON beside a picture says: captions by the names that tables use, the rest meta. */
function fromJson(text: string, path: string): Beside | ImportProblem {
  let value: unknown
  try {
    value = text.length > longestLine ? undefined : JSON.parse(text)
  } catch (error) {
    return { problem: `The file is not valid JSON: ${error instanceof Error ? error.message.slice(0, 160) : ''}`, path }
  }
  if (!isRecord(value) || tooDeep(value)) return { problem: 'The file is not a JSON object of at most 1,000,000 characters and 64 levels.', path }
  if (value.written_by === mark && typeof value.key === 'string' && typeof value.text === 'string') return { captions: [{ text: value.text, kind: 'alt', origin: 'source' }], empty: false, key: value.key, alone: value.picture === null }
  const columns = Object.keys(value)
  const { captions } = guessColumns(columns)
  if (!captions?.length) {
    const meta = plain(value)
    return { captions: [], empty: false, ...(isRecord(meta) && Object.keys(meta).length > 0 && { meta }) }
  }
  const sample = rowReader(columns, { captions }, { path })(Object.values(value))
  if ('problem' in sample) return sample
  return { captions: [...sample.captions], empty: sample.emptyAlt ?? false, ...(sample.meta && { meta: { ...sample.meta } }) }
}

function fromText(text: string, path: string, separator: string | undefined): Beside | ImportProblem {
  const texts = (separator ? text.replaceAll('\r\n', '\n').split(separator) : [text]).map((one) => one.trim())
  const why = texts.map(unstorable).find((one) => one !== undefined)
  if (why) return { problem: `The caption ${why}.`, path }
  const captions = texts.filter((one) => one !== '').map((one): ImportedCaption => ({ text: one, kind: 'alt', origin: 'source' }))
  return { captions, empty: captions.length === 0 }
}

async function readBeside(source: Source, path: string): Promise<Beside | ImportProblem> {
  const text = await smallText(source, path)
  if (text === undefined) return { problem: 'The caption file is larger than any caption may be.', path }
  return extensionOf(path) === 'json' ? fromJson(text, path) : fromText(text, path, source.mapping.separator)
}

async function readPicture(source: Source, path: string, files: readonly string[]): Promise<(ImportedSample | ImportProblem)[]> {
  const problems: ImportProblem[] = []
  const captions: ImportedCaption[] = []
  let key = path
  let meta: Record<string, unknown> = {}
  let empty = false
  const found = await Promise.all(files.map((file) => readBeside(source, file)))
  const own = found.find((one): one is Beside => !('problem' in one) && one.key !== undefined)
  for (const one of own ? [own] : found) {
    if ('problem' in one) {
      problems.push(one)
      continue
    }
    key = one.key ?? key
    meta = { ...meta, ...one.meta }
    empty ||= one.empty
    for (const caption of one.captions) if (!captions.some((other) => other.text === caption.text && other.kind === caption.kind)) captions.push(caption)
  }
  const split = splitOf(path)
  if (split !== undefined) meta = { split, ...meta }
  const image = isPicture(path) ? await source.image(path) : undefined
  const at = files.find((file) => captions.length > 0 && extensionOf(file) !== 'json') ?? files[0] ?? path
  const sample: ImportedSample = { key, captions, ...(image && { image }), ...(Object.keys(meta).length > 0 && { meta }), ...(empty && captions.length === 0 && { emptyAlt: true }), at: { path: at } }
  return [...problems, sample]
}

async function* readFolder(source: Source): AsyncIterable<ImportBatch> {
  const paths = await source.paths()
  const pictures = paths.filter(isPicture)
  const there = new Set(paths)
  const used = new Set<string>()
  const filesOf = (path: string) => [stemOf(path), path].flatMap((stem) => captionFiles.map((extension) => `${stem}.${extension}`)).filter((file) => there.has(file))
  for (let at = 0; at < pictures.length; at += atOnce) {
    const group = pictures.slice(at, at + atOnce).map((path) => ({ path, files: filesOf(path) }))
    for (const { files } of group) for (const file of files) used.add(file)
    yield (await Promise.all(group.map(({ path, files }) => readPicture(source, path, files)))).flat()
  }
  const folders = new Set(pictures.map(folderOf))
  for (const path of paths) {
    const extension = extensionOf(path)
    if (used.has(path) || !['txt', 'caption', 'json'].includes(extension)) continue
    if (extension === 'json') {
      const read = await readBeside(source, path)
      if ('problem' in read || !read.alone) continue
      used.add(`${stemOf(path)}.txt`)
      yield await readPicture(source, path, [path])
    }
  }
  yield paths.filter((path) => !used.has(path) && ['txt', 'caption'].includes(extensionOf(path)) && folders.has(folderOf(path)) && !/^(readme|licen[cs]e|requirements)\./i.test(baseOf(path))).map((path) => ({ problem: 'There is no picture beside this caption file.', path }))
}

async function writeFolder(batches: AsyncIterable<readonly ReleasedSample[]>, sink: Sink): Promise<void> {
  const nameOf = fileNames()
  for await (const batch of batches) {
    for (const { key, chosen, image } of batch) {
      const stem = nameOf(key)
      if (image) await sink.write(`${stem}.${image.extension}`, [image.bytes])
      await sink.write(`${stem}.txt`, [chosen.text])
      const found = image && `${stem}.${image.extension}` === key
      if (!found || chosen.text.trim() !== chosen.text) await sink.write(`${stem}.json`, [`${JSON.stringify({ written_by: mark, key, text: chosen.text, ...(!image && { picture: null }) })}\n`])
    }
  }
}

/** A caption file beside each picture: `.txt`, `.caption` or `.json` of the same name. */
export const sidecar: Format = {
  id: 'sidecar',
  label: 'Caption files beside pictures',
  carries: ['key', 'text', 'image'],
  detect(paths) {
    const pictures = paths.filter(isPicture)
    if (pictures.length === 0) return 0
    const there = new Set(paths)
    return pictures.slice(0, 1000).some((path) => captionFiles.some((extension) => there.has(`${stemOf(path)}.${extension}`))) ? 0.7 : 0.3
  },
  read: readFolder,
  write: writeFolder,
}
