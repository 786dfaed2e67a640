import { isRecord } from './guards'
import { arrayElements } from './json-array'
import { textHead } from './json-file'
import { objectOf } from './jsonl-rows'
import { batchSize, lineBatches, longestLine } from './lines'
import { extensionOf, folderOf, joined } from './paths'
import { modelOfChosen, picturePlacer } from './placed'
import { kindOf, plain, unstorable, unstorableIn, withImages } from './row'
import type { Format, ImportBatch, ImportedCaption, ImportedSample, ImportProblem, ReleasedSample, Sink, Source } from './types'

const isText = (path: string) => ['json', 'jsonl'].includes(extensionOf(path))
const looksLike = (head: string) => /^\s*\[?\s*\{/.test(head) && /"conversations"\s*:\s*\[\s*\{[^{}]*"(from|value)"/.test(head)
const question = 'Describe this image.'

async function files(source: Source, paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const path of paths.filter(isText).slice(0, 200)) if (looksLike(await textHead(source, path))) found.push(path)
  return found
}

type Turn = { from: string; value: string }
const turnsOf = (value: unknown): readonly Turn[] | undefined => {
  if (!Array.isArray(value)) return undefined
  const turns = value.filter(isRecord).flatMap((one) => (typeof one.from === 'string' && typeof one.value === 'string' ? [{ from: one.from, value: one.value }] : []))
  return turns.length === value.length ? turns : undefined
}

const originOf = (value: unknown): ImportedCaption['origin'] => (value === 'source' || value === 'human' ? value : 'model')

/** The first answer about the picture is the caption; a longer conversation also stays as it is, in meta. */
function sampleOf(row: Record<string, unknown>, at: { path: string; line: number }): ImportedSample | ImportProblem {
  const refuse = (problem: string): ImportProblem => ({ problem, ...at })
  const { id, image, conversations, kind, origin, model, ...rest } = row
  const turns = turnsOf(conversations)
  if (!turns) return refuse('The conversation is not a list of turns with “from” and “value”.')
  const picture = Array.isArray(image) ? image[0] : image
  const key = typeof id === 'string' || typeof id === 'number' ? String(id) : typeof picture === 'string' ? picture : ''
  if (key === '') return refuse('The row has neither id nor image.')
  const badKey = unstorable(key)
  if (badKey) return refuse(`The id ${badKey}.`)
  const badUrl = unstorableIn('The path or URL of the picture', picture)
  if (badUrl) return refuse(badUrl)
  const answer = turns.find(({ from }) => from === 'gpt' || from === 'assistant')
  const captions: ImportedCaption[] = []
  if (answer && answer.value.trim() !== '') {
    const why = unstorable(answer.value)
    if (why) return refuse(`The answer ${why}.`)
    const badModel = unstorableIn('The name of the model', model)
    if (badModel) return refuse(badModel)
    const by = originOf(origin)
    captions.push({ text: answer.value, kind: kindOf(kind, 'detailed'), origin: by, ...(by !== 'source' && typeof model === 'string' && { model }) })
  }
  const asked = turns.find(({ from }) => from === 'human' || from === 'user')?.value.replace(/\s*<image>\s*/, '')
  const meta = plain({ ...rest, ...(asked !== undefined && asked !== question && { question: asked }), ...(turns.length > 2 && { conversations: turns }) })
  return { key, captions, ...(typeof picture === 'string' && picture !== '' && (/^https?:\/\//i.test(picture) ? { image: { place: 'url' as const, url: picture } } : { missing: joined(folderOf(at.path), picture) })), ...(isRecord(meta) && Object.keys(meta).length > 0 && { meta }), at }
}

async function* rowsOf(source: Source, path: string): AsyncIterable<(ImportedSample | ImportProblem)[]> {
  if (extensionOf(path) === 'jsonl') {
    for await (const lines of lineBatches(source.stream(path))) {
      yield lines.map((line) => {
        const read = objectOf(line)
        return 'object' in read ? sampleOf(read.object, { path, line: line.line }) : { problem: read.problem, path, line: line.line }
      })
    }
    return
  }
  let batch: (ImportedSample | ImportProblem)[] = []
  for await (const { text, index, tooLong } of arrayElements(source.stream(path), longestLine)) {
    const read = objectOf({ text, line: index + 1, tooLong })
    batch.push('object' in read ? sampleOf(read.object, { path, line: index + 1 }) : { problem: read.problem.replace('The line', 'The entry'), path, line: index + 1 })
    if (batch.length >= batchSize) {
      yield batch
      batch = []
    }
  }
  yield batch
}

async function* readFile(source: Source, path: string): AsyncIterable<ImportBatch> {
  for await (const batch of rowsOf(source, path)) yield await withImages(batch, source)
}

async function writeFile(batches: AsyncIterable<readonly ReleasedSample[]>, sink: Sink): Promise<void> {
  const place = picturePlacer(sink)
  await sink.write('conversations.json', parts())
  async function* parts() {
    yield '['
    let first = true
    for await (const batch of batches) {
      const out: string[] = []
      for (const sample of batch) {
        const image = await place(sample)
        const { kind, origin, text } = sample.chosen
        const row = { id: sample.key, image, conversations: [{ from: 'human', value: image === undefined ? question : `<image>\n${question}` }, { from: 'gpt', value: text }], kind, origin, model: modelOfChosen(sample) }
        out.push(`${first ? '' : ','}\n${JSON.stringify(row)}`)
        first = false
      }
      yield out.join('')
    }
    yield '\n]\n'
  }
}

/** LLaVA and ShareGPT4V: `id`, `image` and `conversations` whose first answer is the caption. */
export const llava: Format = {
  id: 'llava',
  label: 'LLaVA conversations',
  references: true,
  carries: ['key', 'text', 'kind', 'origin', 'model', 'image'],
  async detect(paths, source) {
    return (await files(source, paths)).length > 0 ? 0.86 : 0
  },
  async *read(source) {
    for (const path of await files(source, await source.paths())) yield* readFile(source, path)
  },
  write: writeFile,
}
