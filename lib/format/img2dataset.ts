import { tableOf } from './delimited-format'
import { cellOf } from './delimited'
import { batchSize } from './lines'
import { parquetRows } from './parquet-rows'
import { baseOf, isPicture, shown } from './paths'
import { altBeside } from './placed'
import { readPictures } from './sidecar'
import { samplesOf, type TableBatch } from './table'
import type { Format, ImportBatch, ImportProblem, Mapping, Source } from './types'
import { readTar } from './webdataset'

const isStats = (path: string) => /^\d{5,}_stats\.json$/.test(baseOf(path))
const isShardTar = (path: string) => /^\d{5,}\.tar(\.gz)?$/.test(baseOf(path))
const isIndex = (path: string) => /^\d{5,}\.parquet$/.test(baseOf(path))
const isMember = (path: string) => /(^|\/)\d{5,}\/[^/]+$/.test(path) && isPicture(path)
const table = 'img2dataset.csv'
const pictureColumns = ['jpg', 'png', 'webp', 'jpeg']

const oneLine = (value: unknown) => (typeof value === 'string' ? shown(value) : '')

/** Splits the rows of an index by their status: what was downloaded goes on, the rest is told. */
async function* downloaded(batches: AsyncIterable<TableBatch>, path: string, failed: ImportProblem[]): AsyncIterable<TableBatch> {
  for await (const { columns, rows } of batches) {
    const status = columns.indexOf('status')
    const url = columns.indexOf('url')
    const why = columns.indexOf('error_message')
    const kept = rows.filter((row) => {
      if ('problem' in row || status < 0 || row.cells[status] === 'success') return true
      failed.push({ problem: `${oneLine(row.cells[url]) || 'The picture'} was not downloaded: ${oneLine(row.cells[status])}${row.cells[why] ? ` (${oneLine(row.cells[why])})` : ''}.`, path, line: row.line })
      return false
    })
    yield { columns, rows: kept }
  }
}

async function* told(failed: ImportProblem[]): AsyncIterable<ImportBatch> {
  while (failed.length > 0) yield failed.splice(0, batchSize)
}

/** An index with pictures in it is the data set (parquet layout); beside tars and folders it only says what failed. */
async function* readIndex(source: Source, path: string, beside: boolean): AsyncIterable<ImportBatch> {
  const failed: ImportProblem[] = []
  const rows = downloaded(parquetRows(source, path), path, failed)
  let columns: readonly string[] | undefined
  if (beside) {
    for await (const batch of rows) {
      failed.push(...batch.rows.flatMap((row) => ('problem' in row ? [{ problem: row.problem, path, line: row.line }] : [])))
      yield* told(failed)
    }
    yield* told(failed)
    return
  }
  const adjust = (names: readonly string[], mapping: Mapping): Mapping => {
    columns = names
    return { ...mapping, image: source.mapping.image ?? pictureColumns.find((name) => names.includes(name)) ?? mapping.image, captions: source.mapping.captions ?? mapping.captions?.filter(({ column }) => column !== 'txt' || !columns?.includes('caption')) }
  }
  for await (const batch of samplesOf(source, { path, adjust }, rows)) {
    yield batch
    yield* told(failed)
  }
  yield* told(failed)
}

/** In a table of ours the model's or person's caption is the one that was chosen. */
const chosenFirst = (_: readonly string[], mapping: Mapping): Mapping => ({ ...mapping, captions: mapping.captions?.toSorted((a, b) => Number(a.origin === 'source') - Number(b.origin === 'source')) })

async function* readAll(source: Source): AsyncIterable<ImportBatch> {
  const paths = await source.paths()
  const tars = paths.filter(isShardTar)
  const pictures = paths.filter(isMember)
  for (const path of paths.filter((one) => baseOf(one) === table)) yield* samplesOf(source, { path, adjust: chosenFirst }, tableOf(source, path, ',', source.mapping))
  for (const path of tars) yield* readTar(source, path)
  yield* readPictures(source, pictures, new Set(paths), { ownKeys: true })
  for (const path of paths.filter(isIndex)) yield* readIndex(source, path, tars.length > 0 || pictures.length > 0)
}

/** img2dataset: what it downloaded, in its files, tar and parquet layouts; writes the table of URLs it downloads from. */
export const img2dataset: Format = {
  id: 'img2dataset',
  label: 'img2dataset',
  carries: ['key', 'text', 'url'],
  detect(paths) {
    if (paths.some((path) => isStats(path) || baseOf(path) === table)) return 0.95
    return paths.some(isIndex) && (paths.some(isShardTar) || paths.some(isMember)) ? 0.92 : 0
  },
  read: readAll,
  async write(batches, sink) {
    await sink.write(table, lines())
    async function* lines() {
      yield 'key,url,org_caption,re_caption\n'
      for await (const batch of batches) {
        const out: string[] = []
        for (const sample of batch) {
          const original = sample.chosen.origin === 'source'
          const cells = [sample.key, sample.url ?? '', original ? sample.chosen.text : (altBeside(sample) ?? ''), original ? '' : sample.chosen.text]
          out.push(`${cells.map((cell) => cellOf(cell, ',')).join(',')}\n`)
        }
        yield out.join('')
      }
    }
  },
}
