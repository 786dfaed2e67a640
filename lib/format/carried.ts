import { createHash } from 'node:crypto'
import { altBeside, modelOfChosen, stableJson } from './placed'
import type { Field, Format, ImportedSample, ReleasedSample, WriteOptions } from './types'

/** What of a sample a format promises to bring back. */
export type Carried = {
  key: string
  text?: string
  kind?: string
  origin?: string
  model?: string
  /** every caption as `kind origin text`, in one order */
  captions?: readonly string[]
  width?: number
  height?: number
  url?: string
  split?: string
  meta?: string
  /** sha256 of the picture's bytes */
  image?: string
}

const defined = (carried: Carried): Carried => Object.fromEntries(Object.entries(carried).filter(([, value]) => value !== undefined)) as Carried
const captionLine = (one: { kind: string; origin: string; text: string }) => `${one.kind} ${one.origin} ${one.text}`
const asOrigin = (origin: string) => (origin === 'model' || origin === 'human' ? origin : 'source')
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
/** names under which url and split lie when the format has no place of their own for them */
const apart = new Set(['url', 'split'])
const metaText = (meta: Readonly<Record<string, unknown>> | undefined) => {
  const entries = Object.entries(meta ?? {}).filter(([name]) => !apart.has(name))
  return entries.length > 0 ? stableJson(Object.fromEntries(entries)) : undefined
}

/** The part of a released sample that survives `write` and `read` of this format. */
export function carried(format: Pick<Format, 'id' | 'carries'>, sample: ReleasedSample, options: WriteOptions = {}): Carried {
  const has = (field: Field) => format.carries.includes(field)
  const safe = options.profile === 'spreadsheet' && (format.id === 'csv' || format.id === 'tsv')
  const cell = (text: string) => (safe && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text)
  const { chosen } = sample
  const all = [chosen, ...sample.candidates, ...(altBeside(sample) !== undefined ? [{ kind: 'alt', origin: 'source', text: altBeside(sample) ?? '' }] : [])].filter((one) => one.text !== '')
  return defined({
    key: cell(sample.key),
    ...(has('text') && { text: cell(chosen.text) }),
    ...(has('kind') && { kind: chosen.kind }),
    ...(has('origin') && { origin: asOrigin(chosen.origin) }),
    ...(has('model') && { model: modelOfChosen(sample) }),
    ...(has('candidates') && { captions: [...new Set(all.map((one) => captionLine({ ...one, origin: asOrigin(one.origin) })))].sort() }),
    ...(has('size') && { width: sample.width, height: sample.height }),
    ...(has('url') && { url: sample.url }),
    ...(has('split') && { split: sample.split ?? (typeof sample.meta?.split === 'string' ? sample.meta.split : undefined) }),
    ...(has('meta') && { meta: metaText(sample.meta) }),
    ...(has('image') && sample.image && { image: sample.image.sha256 ?? hashOf(sample.image.bytes) }),
  })
}

/** The same part of a sample that was read back; `bytesOf` fetches its picture when pictures are to be compared. */
export async function carriedBack(format: Pick<Format, 'carries'>, sample: ImportedSample, bytesOf?: (sample: ImportedSample) => Promise<Uint8Array | undefined>): Promise<Carried> {
  const has = (field: Field) => format.carries.includes(field)
  const [chosen] = sample.captions
  const url = sample.image?.place === 'url' ? sample.image.url : sample.meta?.url
  const bytes = has('image') && bytesOf ? await bytesOf(sample) : undefined
  return defined({
    key: sample.key,
    ...(has('text') && { text: chosen?.text }),
    ...(has('kind') && { kind: chosen?.kind }),
    ...(has('origin') && { origin: chosen?.origin }),
    ...(has('model') && { model: chosen?.model }),
    ...(has('candidates') && { captions: sample.captions.map(captionLine).sort() }),
    ...(has('size') && { width: sample.width, height: sample.height }),
    ...(has('url') && { url: typeof url === 'string' ? url : undefined }),
    ...(has('split') && { split: typeof sample.meta?.split === 'string' ? sample.meta.split : undefined }),
    ...(has('meta') && { meta: metaText(sample.meta) }),
    ...(bytes && { image: hashOf(bytes) }),
  })
}
