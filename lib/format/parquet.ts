import { fileNames } from './keys'
import { parquetRows } from './parquet-rows'
import { parquetWriter, type Cell, type ParquetColumn } from './parquet-write'
import { extensionOf } from './paths'
import { altBeside, modelOfChosen, stableJson } from './placed'
import { columnsOf, samplesOf } from './table'
import type { Format, ReleasedSample, Sink, Source, WriteOptions } from './types'

const isTable = (path: string) => ['parquet', 'parq', 'pq'].includes(extensionOf(path))
const tables = async (source: Source) => (await source.paths()).filter(isTable)

/** rows of one file of a release, and bytes of its pictures */
const fileRows = 100_000
const fileBytes = 200_000_000
/** rows of a row group: 100 with pictures, as the dataset viewer of Hugging Face wants it */
const groupRows = { pictures: 100, plain: 50_000 }

const columnsFor = (pictures: boolean): readonly ParquetColumn[] => [
  { name: 'key', type: 'text' },
  { name: 'image', type: pictures ? 'picture' : 'text' },
  ...['url', 'text', 'kind', 'origin', 'model', 'alt'].map((name) => ({ name, type: 'text' as const })),
  { name: 'width', type: 'integer' },
  { name: 'height', type: 'integer' },
  { name: 'split', type: 'text' },
  { name: 'meta', type: 'text' },
]

async function writeTables(batches: AsyncIterable<readonly ReleasedSample[]>, sink: Sink, options: WriteOptions = {}): Promise<void> {
  const nameOf = fileNames()
  let files = 0
  let rows = 0
  let bytes = 0
  // one schema for all files, whether or not the first samples have a picture
  const pictures = options.images === 'copy' || options.images === 'link'
  let writer: Awaited<ReturnType<typeof parquetWriter>> | undefined
  const fresh = () => parquetWriter(columnsFor(pictures), pictures ? groupRows.pictures : groupRows.plain)
  const finish = async () => {
    if (!writer || (rows === 0 && files > 0)) return
    await writer.write(sink, `data-${String(files).padStart(5, '0')}.parquet`)
    files++
    rows = 0
    bytes = 0
  }
  try {
    for await (const batch of batches) {
      writer ??= await fresh()
      let cells: Cell[][] = []
      for (const sample of batch) {
        if (rows >= fileRows || bytes >= fileBytes) {
          await writer.add(cells)
          cells = []
          await finish()
        }
        const image: Cell = pictures ? sample.image && { bytes: sample.image.bytes, path: `${nameOf(sample.key)}.${sample.image.extension}` } : sample.reference
        const meta = sample.meta && Object.keys(sample.meta).length > 0 ? stableJson(sample.meta) : null
        const { key, chosen, url, width, height, split } = sample
        cells.push([key, image, url, chosen.text, chosen.kind, chosen.origin, modelOfChosen(sample), altBeside(sample), width, height, split, meta])
        rows++
        bytes += sample.image?.bytes.length ?? 0
      }
      await writer.add(cells)
    }
    writer ??= await fresh()
    await finish()
    await writer.end()
  } finally {
    // What a failure left in the middle of being written must be over before its tables go.
    await writer?.end().catch(() => undefined)
    writer?.close()
  }
}

/** Parquet: Hugging Face tables with pictures as struct of bytes and path, or plain tables with a path or URL column. */
export const parquet: Format = {
  id: 'parquet',
  label: 'Parquet',
  references: true,
  carries: ['key', 'text', 'kind', 'origin', 'model', 'size', 'meta', 'url', 'split', 'image'],
  detect: (paths) => (paths.some(isTable) ? 0.65 : 0),
  async columns(source) {
    const [path] = await tables(source)
    return path === undefined ? { columns: [], rows: [], guess: {} } : columnsOf(parquetRows(source, path), source.mapping)
  },
  async *read(source) {
    for (const path of await tables(source)) yield* samplesOf(source, { path }, parquetRows(source, path))
  },
  write: writeTables,
}
