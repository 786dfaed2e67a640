import { asProblem, mark, readBeside, type Beside } from './beside'
import { fileNames } from './keys'
import { baseOf, extensionOf, folderOf, isPicture, stemOf } from './paths'
import { splitOf } from './splits'
import type { Format, ImportBatch, ImportedCaption, ImportedSample, ImportProblem, ReleasedSample, Sink, Source } from './types'

const captionFiles = ['txt', 'caption', 'json'] as const
/** pictures whose sidecars are read side by side */
const atOnce = 32
async function readPicture(source: Source, path: string, files: readonly string[], ownKeys: boolean): Promise<(ImportedSample | ImportProblem)[]> {
  const problems: ImportProblem[] = []
  const captions: ImportedCaption[] = []
  let key = path
  let meta: Record<string, unknown> = {}
  let empty = false
  const size: { width?: number; height?: number } = {}
  const found = await Promise.all(files.map((file) => readBeside(source, file, ownKeys)))
  const own = found.find((one): one is Beside => !('problem' in one) && one.own === true)
  for (const one of own ? [own] : found) {
    if ('problem' in one) {
      problems.push(one)
      continue
    }
    key = one.key ?? key
    meta = { ...meta, ...one.meta }
    empty ||= one.empty
    size.width ??= one.width
    size.height ??= one.height
    for (const caption of one.captions) if (!captions.some((other) => other.text === caption.text && other.kind === caption.kind)) captions.push(caption)
  }
  const split = splitOf(path)
  if (split !== undefined) meta = { split, ...meta }
  const image = isPicture(path) ? await source.image(path).catch(asProblem(path)) : undefined
  if (image && 'problem' in image) return [...problems, image]
  const at = files.find((file) => captions.length > 0 && extensionOf(file) !== 'json') ?? files[0] ?? path
  const sample: ImportedSample = { key, captions, ...(image && { image }), ...(size.width !== undefined && { width: size.width }), ...(size.height !== undefined && { height: size.height }), ...(Object.keys(meta).length > 0 && { meta }), ...(empty && captions.length === 0 && { emptyAlt: true }), at: { path: at } }
  return [...problems, sample]
}

/** The samples of the pictures, with what stands beside them; `ownKeys`: the key is the one their JSON names (img2dataset). */
export async function* readPictures(source: Source, pictures: readonly string[], there: ReadonlySet<string>, options: { ownKeys: boolean; used?: Set<string> }): AsyncIterable<ImportBatch> {
  const filesOf = (path: string) => [stemOf(path), path].flatMap((stem) => captionFiles.map((extension) => `${stem}.${extension}`)).filter((file) => there.has(file))
  for (let at = 0; at < pictures.length; at += atOnce) {
    const group = pictures.slice(at, at + atOnce).map((path) => ({ path, files: filesOf(path) }))
    for (const { files } of group) for (const file of files) options.used?.add(file)
    yield (await Promise.all(group.map(({ path, files }) => readPicture(source, path, files, options.ownKeys)))).flat()
  }
}

async function* readFolder(source: Source): AsyncIterable<ImportBatch> {
  const paths = await source.paths()
  const pictures = paths.filter(isPicture)
  const used = new Set<string>()
  yield* readPictures(source, pictures, new Set(paths), { ownKeys: false, used })
  const folders = new Set(pictures.map(folderOf))
  for (const path of paths) {
    const extension = extensionOf(path)
    if (used.has(path) || !['txt', 'caption', 'json'].includes(extension)) continue
    if (extension === 'json') {
      const read = await readBeside(source, path, false)
      if ('problem' in read || !read.alone) continue
      used.add(`${stemOf(path)}.txt`)
      yield await readPicture(source, path, [path], false)
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
  async detect(paths, source) {
    const pictures = paths.filter(isPicture)
    const there = new Set(paths)
    if (pictures.length === 0) {
      // a release of texts alone says so in each file's JSON
      const said = paths.find((path) => extensionOf(path) === 'json' && there.has(`${stemOf(path)}.txt`))
      const read = said === undefined ? undefined : await readBeside(source, said, false)
      return read && 'own' in read && read.own ? 0.7 : 0
    }
    return pictures.slice(0, 1000).some((path) => captionFiles.some((extension) => there.has(`${stemOf(path)}.${extension}`))) ? 0.7 : 0.3
  },
  read: readFolder,
  write: writeFolder,
}
