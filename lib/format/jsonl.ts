import { isRecord } from './guards'
import { jsonlRows, objectOf } from './jsonl-rows'
import { lineBatches } from './lines'
import { extensionOf } from './paths'
import { picturePlacer, stableJson } from './placed'
import { unstorable, withImages } from './row'
import { columnsOf, samplesOf } from './table'
import type { Format, ImportBatch, ImportedCaption, ImportedSample, ImportProblem, ReleasedSample, Source } from './types'

const isTable = (path: string) => ['jsonl', 'ndjson'].includes(extensionOf(path))
const tables = async (source: Source) => (await source.paths()).filter(isTable)

/** Whether the first line is a row of ours, with the chosen caption and the candidates. */
async function isOwn(source: Source, path: string): Promise<boolean> {
  for await (const lines of lineBatches(source.stream(path))) {
    const read = objectOf(lines[0])
    return 'object' in read && isRecord(read.object.chosen) && typeof read.object.chosen.text === 'string'
  }
  return false
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const size = (value: unknown): number | undefined => (typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined)
const originOf = (value: unknown): ImportedCaption['origin'] => (value === 'model' || value === 'human' ? value : 'source')

function ownSample(row: Record<string, unknown>, path: string, line: number): ImportedSample | ImportProblem {
  const refuse = (problem: string): ImportProblem => ({ problem, path, line })
  const key = text(row.key)
  if (key === undefined) return refuse('The row has no key.')
  const badKey = unstorable(key)
  if (badKey) return refuse(`The key ${badKey}.`)
  const captions: ImportedCaption[] = []
  const alt = text(row.alt)
  const candidates = Array.isArray(row.candidates) ? row.candidates.filter(isRecord) : []
  const chosen = isRecord(row.chosen) ? row.chosen : undefined
  for (const one of [chosen, ...candidates, alt === undefined ? undefined : { kind: 'alt', origin: 'source', text: alt }]) {
    const words = text(one?.text)
    if (!one || words === undefined) continue
    const why = unstorable(words)
    if (why) return refuse(`A caption ${why}.`)
    const caption: ImportedCaption = { text: words, kind: text(one.kind) ?? 'alt', origin: originOf(one.origin) }
    const same = captions.find((other) => other.text === caption.text && other.kind === caption.kind && other.origin === caption.origin)
    const model = text(one.model)
    if (model !== undefined && caption.origin !== 'source') (same ?? caption).model ??= model
    if (!same) captions.push(caption)
  }
  const reference = text(row.image)
  const url = text(row.url)
  const split = text(row.split)
  const meta = { ...(isRecord(row.meta) && row.meta), ...(reference !== undefined && url !== undefined && { url }), ...(split !== undefined && { split }) }
  return {
    key,
    captions,
    ...(reference !== undefined ? { missing: reference } : url !== undefined && { image: { place: 'url' as const, url } }),
    ...(Object.keys(meta).length > 0 && { meta }),
    ...(size(row.width) && { width: size(row.width) }),
    ...(size(row.height) && { height: size(row.height) }),
    at: { path, line },
  }
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

/** A row of a release, its names always in one order. */
export const releasedRow = (sample: ReleasedSample, image: string | undefined): string => {
  const { key, chosen, candidates, alt, width, height, url, split, meta } = sample
  return JSON.stringify({
    key,
    chosen: { kind: chosen.kind, origin: chosen.origin, text: chosen.text },
    candidates: candidates.map(({ kind, origin, standing, text: words, model, recipe, p }) => ({ kind, origin, standing, text: words, model, recipe, p })),
    alt,
    width,
    height,
    url,
    image,
    split,
    meta: meta && Object.keys(meta).length > 0 ? (JSON.parse(stableJson(meta)) as unknown) : undefined,
  })
}

/** JSON lines: a row a sample with its chosen caption and all candidates; reads these and any table of objects. */
export const jsonl: Format = {
  id: 'jsonl',
  label: 'JSON lines',
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
        for (const sample of batch) out.push(releasedRow(sample, await place(sample)))
        yield out.length > 0 ? `${out.join('\n')}\n` : ''
      }
    }
  },
}
