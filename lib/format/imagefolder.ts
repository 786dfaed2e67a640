import { asProblem } from './beside'
import { tableOf } from './delimited-format'
import { jsonlRows } from './jsonl-rows'
import { fileNames } from './keys'
import { batchSize } from './lines'
import { manyFiles } from './many-files'
import { parquetRows } from './parquet-rows'
import { baseOf, extensionOf, folderOf, insidePath, isPicture, joined, unsafePath } from './paths'
import { altBeside, modelOfChosen, stableJson } from './placed'
import { splitOf } from './splits'
import { columnsOf, samplesOf, type TableBatch } from './table'
import type { Format, ImportBatch, ImportedSample, ImportProblem, Mapping, ReleasedSample, Sink, Source, WriteOptions } from './types'

const isMetadata = (path: string) => /^metadata\.(jsonl|csv|parquet)$/i.test(baseOf(path))

function rowsOf(source: Source, path: string): AsyncIterable<TableBatch> {
  const extension = extensionOf(path)
  if (extension === 'csv') return tableOf(source, path, ',', source.mapping)
  return extension === 'parquet' ? parquetRows(source, path) : jsonlRows(source.stream(path))
}

const fileColumn = (columns: readonly string[]) => columns.find((name) => name === 'file_name') ?? columns.find((name) => name.endsWith('_file_name'))

/** Here the file is the key, unless the metadata is ours and names it. */
const adjust = (given: Mapping) => (columns: readonly string[], mapping: Mapping): Mapping => ({
  ...mapping,
  image: given.image ?? fileColumn(columns) ?? mapping.image,
  key: given.key ?? columns.find((name) => name === 'key'),
})

const withSplit = (sample: ImportedSample, path: string): ImportedSample => {
  const split = splitOf(path)
  return split === undefined || sample.meta?.split !== undefined ? sample : { ...sample, meta: { ...sample.meta, split } }
}

async function* readMetadata(source: Source, path: string, seen: Set<string>): AsyncIterable<ImportBatch> {
  const folder = folderOf(path)
  for await (const batch of samplesOf(source, { path, folder, adjust: adjust(source.mapping) }, rowsOf(source, path))) {
    yield batch.map((one) => {
      if ('problem' in one) return one
      const picture = one.image?.place === 'member' ? one.image.member : one.image?.place === 'file' ? one.image.path.slice(source.root.length + 1) : undefined
      if (picture !== undefined) seen.add(picture)
      if (!unsafePath(one.key)) seen.add(insidePath(one.key))
      return withSplit(one, path)
    })
  }
}

/** Pictures no metadata speaks of are samples too, without a caption. */
async function* readRest(source: Source, paths: readonly string[], seen: ReadonlySet<string>): AsyncIterable<ImportBatch> {
  const rest = paths.filter((path) => isPicture(path) && !seen.has(path))
  for (let at = 0; at < rest.length; at += batchSize) {
    const batch: (ImportedSample | ImportProblem)[] = []
    for (const path of rest.slice(at, at + batchSize)) {
      const image = await source.image(path).catch(asProblem(path))
      if (image && 'problem' in image) batch.push(image)
      else batch.push(withSplit({ key: path, captions: [], ...(image && { image }), at: { path } }, path))
    }
    yield batch
  }
}

const row = (sample: ReleasedSample, file: string | undefined) => {
  const meta = sample.meta && Object.keys(sample.meta).length > 0 ? stableJson(sample.meta) : undefined
  const { key, chosen, width, height, url, split } = sample
  return `${JSON.stringify({ file_name: file, text: chosen.text, kind: chosen.kind, origin: chosen.origin, model: modelOfChosen(sample), alt: altBeside(sample), key, width, height, url, split, meta })}\n`
}

/** Readers follow a path from the folder of its table, which is the split's. */
const referenceFrom = (folder: string, reference: string | undefined, { images }: WriteOptions) =>
  reference === undefined || images !== 'relative' || folder === '' ? reference : `${'../'.repeat(folder.split('/').length)}${reference}`

async function writeFolder(batches: AsyncIterable<readonly ReleasedSample[]>, sink: Sink, options: WriteOptions = {}): Promise<void> {
  const files = manyFiles(sink)
  const names = new Map<string, (key: string) => string>()
  try {
    for await (const batch of batches) {
      const lines = new Map<string, string>()
      for (const sample of batch) {
        const folder = sample.split ?? ''
        const nameOf = names.get(folder) ?? fileNames()
        names.set(folder, nameOf)
        const file = sample.image ? `images/${nameOf(sample.key)}.${sample.image.extension}` : referenceFrom(folder, sample.reference, options)
        if (sample.image && file) await sink.write(joined(folder, file), [sample.image.bytes])
        const table = joined(folder, 'metadata.jsonl')
        lines.set(table, (lines.get(table) ?? '') + row(sample, file))
      }
      for (const [table, text] of lines) await files.push(table, text)
    }
    await files.end()
  } catch (error) {
    await files.fail(error)
    throw error
  }
}

/** Hugging Face imagefolder: pictures and `metadata.jsonl`, `.csv` or `.parquet` with `file_name`; splits are folders. */
export const imagefolder: Format = {
  id: 'imagefolder',
  label: 'Image folder (Hugging Face)',
  references: true,
  carries: ['key', 'text', 'kind', 'origin', 'model', 'size', 'meta', 'url', 'split', 'image'],
  detect: (paths) => (paths.some(isMetadata) ? 0.9 : 0),
  async columns(source) {
    const path = (await source.paths()).find(isMetadata)
    if (path === undefined) return { columns: [], rows: [], guess: {} }
    const found = await columnsOf(rowsOf(source, path), source.mapping)
    return { ...found, guess: adjust(source.mapping)(found.columns, found.guess) }
  },
  async *read(source) {
    const paths = await source.paths()
    const seen = new Set<string>()
    for (const path of paths.filter(isMetadata)) yield* readMetadata(source, path, seen)
    yield* readRest(source, paths, seen)
  },
  write: writeFolder,
}
