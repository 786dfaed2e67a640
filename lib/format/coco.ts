import { AppError } from '../errors'
import { isRecord } from './guards'
import { jsonFile, pictureFinder, textHead } from './json-file'
import { batchSize } from './lines'
import { baseOf, extensionOf, folderOf, shown } from './paths'
import { picturePlacer } from './placed'
import { plain, unstorable, withImages } from './row'
import type { Format, ImportBatch, ImportedCaption, ImportedSample, ImportProblem, ReleasedSample, Sink, Source } from './types'

const isJson = (path: string) => extensionOf(path) === 'json'
const looksLike = (head: string) => /^\s*\{/.test(head) && /"(images|annotations)"\s*:\s*\[/.test(head)
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
const idOf = (value: unknown) => (typeof value === 'number' || typeof value === 'string' ? String(value) : undefined)
const size = (value: unknown) => (typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined)

async function files(source: Source, paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const path of paths.filter(isJson).slice(0, 200)) if (looksLike(await textHead(source, path))) found.push(path)
  return found
}

/** The captions by picture, and what could not be taken. */
function captionsOf(annotations: readonly unknown[], images: ReadonlySet<string>, path: string): { byImage: Map<string, { captions: ImportedCaption[]; empty: boolean }>; problems: ImportProblem[] } {
  const byImage = new Map<string, { captions: ImportedCaption[]; empty: boolean }>()
  const problems: ImportProblem[] = []
  for (const [at, one] of annotations.entries()) {
    const refuse = (problem: string) => problems.push({ problem: `Annotation ${at + 1}: ${problem}`, path })
    if (!isRecord(one)) {
      refuse('it is not an object.')
      continue
    }
    if (one.caption === undefined) continue
    const image = idOf(one.image_id)
    if (image === undefined || !images.has(image)) {
      refuse(`its image_id ${shown(String(one.image_id))} is not among the images.`)
      continue
    }
    const entry = byImage.get(image) ?? { captions: [], empty: false }
    byImage.set(image, entry)
    if (typeof one.caption !== 'string') refuse('its caption is not a text.')
    else if (one.caption.trim() === '') entry.empty = true
    else {
      const words = one.caption
      const why = unstorable(words)
      if (why) refuse(`its caption ${why}.`)
      else if (!entry.captions.some((caption) => caption.text === words)) entry.captions.push({ text: words, kind: 'alt', origin: 'source' })
    }
  }
  return { byImage, problems }
}

async function* readFile(source: Source, path: string): AsyncIterable<ImportBatch> {
  const { images, annotations, info: _, ...rest } = await jsonFile(source, path)
  if (!Array.isArray(images)) throw new AppError('invalid', `${path} has no list “images”.`)
  const licences = new Map((Array.isArray(rest.licenses) ? rest.licenses : []).filter(isRecord).map((one) => [idOf(one.id), text(one.name)]))
  const { byImage, problems } = captionsOf(Array.isArray(annotations) ? annotations : [], new Set(images.filter(isRecord).map((image) => idOf(image.id) ?? '')), path)
  const find = await pictureFinder(source, folderOf(path))
  const split = /(?:^|[_-])(train|val|test)/i.exec(baseOf(path))?.[1]?.toLowerCase()
  let batch: (ImportedSample | ImportProblem)[] = problems
  for (const [at, image] of images.entries()) {
    const name = isRecord(image) ? text(image.file_name) : undefined
    const url = isRecord(image) ? text(image.coco_url) : undefined
    const key = isRecord(image) ? (text(image.key) ?? name ?? url) : undefined
    if (!isRecord(image) || key === undefined) {
      batch.push({ problem: `Image ${at + 1} has no file_name.`, path })
      continue
    }
    const why = unstorable(key) ?? (url === undefined ? undefined : unstorable(url))
    if (why) {
      batch.push({ problem: `The file_name or URL of image ${at + 1} ${why}.`, path })
      continue
    }
    const own = text(image.key) !== undefined
    const { id, file_name: _name, key: _key, width, height, coco_url: _url, license, ...others } = image
    const found = name === undefined ? undefined : find(name)
    const meta = plain({ ...others, ...(!own && { coco_id: id }), licence: licences.get(idOf(license)), ...(found !== undefined && { url }), ...(split && !own && { split: split === 'val' ? 'validation' : split }) })
    const said = byImage.get(idOf(id) ?? '')
    batch.push({
      key,
      captions: said?.captions ?? [],
      ...(found !== undefined ? { missing: found } : url !== undefined ? { image: { place: 'url' as const, url } } : name !== undefined && { missing: name }),
      ...(size(width) && { width: size(width) }),
      ...(size(height) && { height: size(height) }),
      ...(isRecord(meta) && Object.keys(meta).length > 0 && { meta }),
      ...(said?.empty && said.captions.length === 0 && { emptyAlt: true }),
      at: { path },
    })
    if (batch.length >= batchSize) {
      yield await withImages(batch, source)
      batch = []
    }
  }
  yield await withImages(batch, source)
}

async function writeFile(batches: AsyncIterable<readonly ReleasedSample[]>, sink: Sink): Promise<void> {
  const place = picturePlacer(sink)
  /** the list of images follows the captions and waits here, a text a batch */
  const images: string[] = []
  await sink.write('captions.json', parts())
  async function* parts() {
    yield '{"info":{"description":"captions"},"licenses":[],"annotations":['
    let id = 0
    for await (const batch of batches) {
      const captions: string[] = []
      const entries: string[] = []
      for (const sample of batch) {
        id++
        captions.push(`${id === 1 ? '' : ','}\n${JSON.stringify({ id, image_id: id, caption: sample.chosen.text })}`)
        entries.push(`${id === 1 ? '' : ','}\n${JSON.stringify({ id, file_name: await place(sample), key: sample.key, width: sample.width, height: sample.height, coco_url: sample.url })}`)
      }
      images.push(entries.join(''))
      yield captions.join('')
    }
    yield '\n],"images":['
    yield* images
    yield '\n]}\n'
  }
}

/** COCO captions: one JSON of images and annotations, several captions a picture. */
export const coco: Format = {
  id: 'coco',
  label: 'COCO captions',
  references: true,
  carries: ['key', 'text', 'size', 'url', 'image'],
  async detect(paths, source) {
    return (await files(source, paths)).length > 0 ? 0.85 : 0
  },
  async *read(source) {
    for (const path of await files(source, await source.paths())) {
      try {
        yield* readFile(source, path)
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'invalid') throw error
        yield [{ problem: error.message, path }]
      }
    }
  },
  write: writeFile,
}
