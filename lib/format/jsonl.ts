import { jsonlRows, objectOf } from './jsonl-rows'
import { lineBatches } from './lines'
import { isOwnRow, ownSample, releasedRow } from './own-row'
import { extensionOf } from './paths'
import { picturePlacer } from './placed'
import { withImages } from './row'
import { columnsOf, samplesOf } from './table'
import type { Format, ImportBatch, Source } from './types'

const isTable = (path: string) => ['jsonl', 'ndjson'].includes(extensionOf(path))
const tables = async (source: Source) => (await source.paths()).filter(isTable)

/** Whether the first line is a row of ours, with the chosen caption and the candidates. */
async function isOwn(source: Source, path: string): Promise<boolean> {
  for await (const lines of lineBatches(source.stream(path))) {
    const read = objectOf(lines[0])
    return 'object' in read && isOwnRow(read.object)
  }
  return false
}

async function* ownRows(source: Source, path: string): AsyncIterable<ImportBatch> {
  for await (const lines of lineBatches(source.stream(path))) {
    const batch = lines.map((line) => {
      const read = objectOf(line)
      return 'object' in read ? ownSample(read.object, path, line.line) : { problem: read.problem, path, line: line.line }
    })
    yield await withImages(batch, source)
  }
}

/** JSON lines: a row a sample with its chosen caption and all candidates; reads these and any table of objects. */
export const jsonl: Format = {
  id: 'jsonl',
  label: 'JSON lines',
  references: true,
  carries: ['key', 'text', 'kind', 'origin', 'model', 'candidates', 'size', 'meta', 'url', 'split', 'image'],
  detect: (paths) => (paths.some(isTable) ? 0.6 : 0),
  async columns(source) {
    const [path] = await tables(source)
    return path === undefined ? { columns: [], rows: [], guess: {} } : columnsOf(jsonlRows(source.stream(path)), source.mapping)
  },
  async *read(source) {
    for (const path of await tables(source)) {
      if (await isOwn(source, path)) yield* ownRows(source, path)
      else yield* samplesOf(source, { path }, jsonlRows(source.stream(path)))
    }
  },
  async write(batches, sink) {
    const place = picturePlacer(sink)
    await sink.write('data.jsonl', lines())
    async function* lines() {
      for await (const batch of batches) {
        const out: string[] = []
        for (const sample of batch) out.push(releasedRow(sample, sample.image ? await place(sample) : sample.reference))
        yield out.length > 0 ? `${out.join('\n')}\n` : ''
      }
    }
  },
}
