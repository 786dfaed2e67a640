import { createHash } from 'node:crypto'
import { altBeside, modelOfChosen, stableJson, urlIn } from './placed'
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

/** Asked for every sample of a release: which fields a format brings back, looked up once. */
const known = new WeakMap<readonly Field[], Partial<Record<Field, boolean>>>()
function fieldsOf({ carries }: Pick<Format, 'carries'>): Partial<Record<Field, boolean>> {
  const found = known.get(carries) ?? Object.fromEntries(carries.map((name) => [name, true]))
  known.set(carries, found)
  return found
}

const captionLine = (one: { kind: string; origin: string; text: string }) => `${one.kind} ${asOrigin(one.origin)} ${one.text}`
const asOrigin = (origin: string) => (origin === 'model' || origin === 'human' ? origin : 'source')
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const spreadsheetSafe = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)
/** names under which url and split lie when the format has no place of their own for them */
const apart = new Set(['url', 'split'])
function metaText(meta: Readonly<Record<string, unknown>> | undefined): string | undefined {
  if (!meta) return undefined
  const entries = Object.entries(meta).filter(([name]) => !apart.has(name))
  return entries.length > 0 ? stableJson(Object.fromEntries(entries)) : undefined
}
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** Every caption once, as lines in one order. */
function captionLines(sample: ReleasedSample): readonly string[] {
  const alt = altBeside(sample)
  const all = [sample.chosen, ...sample.candidates, ...(alt === undefined ? [] : [{ kind: 'alt', origin: 'source', text: alt }])]
  return [...new Set(all.filter((one) => one.text !== '').map(captionLine))].sort()
}

/** The part of a released sample that survives `write` and `read` of this format; what it does not carry is undefined. */
export function carried(format: Pick<Format, 'id' | 'carries'>, sample: ReleasedSample, options: WriteOptions = {}): Carried {
  const has = fieldsOf(format)
  const safe = options.profile === 'spreadsheet' && (format.id === 'csv' || format.id === 'tsv')
  const { key, chosen, image } = sample
  const cell = <T extends string | undefined>(text: T): string | T => (safe && text !== undefined ? spreadsheetSafe(text) : text)
  return {
    key: cell(key),
    text: has.text ? cell(chosen.text) : undefined,
    kind: has.kind ? chosen.kind : undefined,
    origin: has.origin ? asOrigin(chosen.origin) : undefined,
    model: has.model ? cell(modelOfChosen(sample)) : undefined,
    captions: has.candidates ? captionLines(sample) : undefined,
    width: has.size ? sample.width : undefined,
    height: has.size ? sample.height : undefined,
    url: has.url ? cell(sample.url) : undefined,
    split: has.split ? (cell(sample.split) ?? textOf(sample.meta?.split)) : undefined,
    meta: has.meta ? metaText(sample.meta) : undefined,
    image: has.image && image ? (image.sha256 ?? hashOf(image.bytes)) : undefined,
  }
}

/** The same part of a sample that was read back; `bytes`: its picture, when pictures are to be compared. */
export function carriedBack(format: Pick<Format, 'carries'>, sample: ImportedSample, bytes?: Uint8Array): Carried {
  const has = fieldsOf(format)
  const chosen = sample.captions.at(0)
  return {
    key: sample.key,
    text: has.text ? chosen?.text : undefined,
    kind: has.kind ? chosen?.kind : undefined,
    origin: has.origin ? chosen?.origin : undefined,
    model: has.model ? chosen?.model : undefined,
    captions: has.candidates ? sample.captions.map(captionLine).sort() : undefined,
    width: has.size ? sample.width : undefined,
    height: has.size ? sample.height : undefined,
    url: has.url ? (sample.image?.place === 'url' ? sample.image.url : urlIn(sample.meta)) : undefined,
    split: has.split ? textOf(sample.meta?.split) : undefined,
    meta: has.meta ? metaText(sample.meta) : undefined,
    image: has.image && bytes ? hashOf(bytes) : undefined,
  }
}
