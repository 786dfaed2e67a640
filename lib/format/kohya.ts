import { createHash } from 'node:crypto'
import { AppError } from '../errors'
import { isRecord } from './guards'
import { jsonFile, pictureFinder, textHead } from './json-file'
import { batchSize } from './lines'
import { extensionOf, folderOf, isPicture } from './paths'
import { picturePlacer } from './placed'
import { plain, unstorable, withImages } from './row'
import type { Format, ImportBatch, ImportedCaption, ImportedSample, ImportProblem, ReleasedSample, Sink, Source } from './types'

const isJson = (path: string) => extensionOf(path) === 'json'
/** the first name in the file is a picture's path and its value an object with a caption or tags */
const looksLike = (head: string) => /^\s*\{\s*"(?:[^"\\]|\\.)+"\s*:\s*\{[^{}]*"(caption|tags)"\s*:/.test(head)

async function files(source: Source, paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const path of paths.filter(isJson).slice(0, 200)) if (looksLike(await textHead(source, path))) found.push(path)
  return found
}

function captionsOf(value: Record<string, unknown>): { captions: ImportedCaption[]; empty: boolean } | { why: string } {
  const captions: ImportedCaption[] = []
  let empty = false
  for (const [name, kind] of [['caption', 'alt'], ['tags', 'tags']] as const) {
    const given = value[name]
    for (const words of Array.isArray(given) ? given : [given]) {
      if (typeof words !== 'string') continue
      const why = unstorable(words)
      if (why) return { why }
      if (words.trim() !== '') captions.push({ text: words, kind, origin: 'source' })
      else if (kind === 'alt') empty = true
    }
  }
  return { captions, empty: empty && captions.length === 0 }
}

async function* readFile(source: Source, path: string): AsyncIterable<ImportBatch> {
  const entries = Object.entries(await jsonFile(source, path))
  const find = await pictureFinder(source, folderOf(path))
  for (let at = 0; at < entries.length; at += batchSize) {
    const batch = entries.slice(at, at + batchSize).map(([name, value]): ImportedSample | ImportProblem => {
      if (!isRecord(value)) return { problem: `The entry “${name.slice(0, 100)}” is not an object.`, path }
      const { caption: _, tags: __, key: own, train_resolution: size, ...rest } = value
      const key = typeof own === 'string' && own !== '' ? own : name
      const badKey = unstorable(key)
      if (badKey) return { problem: `The name of an entry ${badKey}.`, path }
      const read = captionsOf(value)
      if ('why' in read) return { problem: `The caption of “${name.slice(0, 100)}” ${read.why}.`, path }
      const meta = plain({ ...rest, ...(size !== undefined && { train_resolution: size }) })
      const found = isPicture(name) ? find(name) : undefined
      return { key, captions: read.captions, ...((found ?? (isPicture(name) ? name : undefined)) !== undefined && { missing: found ?? name }), ...(isRecord(meta) && Object.keys(meta).length > 0 && { meta }), ...(read.empty && { emptyAlt: true }), at: { path } }
    })
    yield await withImages(batch, source)
  }
}

async function writeFile(batches: AsyncIterable<readonly ReleasedSample[]>, sink: Sink): Promise<void> {
  const place = picturePlacer(sink)
  const taken = new Set<string>()
  await sink.write('metadata.json', parts())
  async function* parts() {
    yield '{'
    let first = true
    for await (const batch of batches) {
      const out: string[] = []
      for (const sample of batch) {
        const hash = createHash('sha256').update(sample.key).digest('hex').slice(0, 16)
        // without a picture the name is only a name: one that no reader takes for a file
        const wanted = (await place(sample)) ?? `no picture: ${hash}`
        const name = taken.has(wanted) ? `${wanted}#${hash}` : wanted
        taken.add(name)
        out.push(`${first ? '' : ','}\n${JSON.stringify(name)}:${JSON.stringify({ caption: sample.chosen.text, key: name === sample.key ? undefined : sample.key })}`)
        first = false
      }
      yield out.join('')
    }
    yield '\n}\n'
  }
}

/** kohya-ss metadata: one JSON object, the picture's path → `{caption, tags}`. */
export const kohya: Format = {
  id: 'kohya',
  label: 'kohya metadata',
  references: true,
  carries: ['key', 'text', 'image'],
  async detect(paths, source) {
    return (await files(source, paths)).length > 0 ? 0.84 : 0
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
