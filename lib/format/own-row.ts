import { isRecord } from './guards'
import { stableJson } from './placed'
import { kindOf, unstorable, unstorableIn } from './row'
import type { ImportedCaption, ImportedSample, ImportProblem, ReleasedSample } from './types'

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const size = (value: unknown): number | undefined => (typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined)
const originOf = (value: unknown): ImportedCaption['origin'] => (value === 'model' || value === 'human' ? value : 'source')

/** Whether a JSON object is a row of ours, with the chosen caption and the candidates. */
export const isOwnRow = (row: Record<string, unknown>): boolean => isRecord(row.chosen) && typeof row.chosen.text === 'string'

/** A sample of such a row. Its picture's path is left in `missing` for `withImages` to look up. */
export function ownSample(row: Record<string, unknown>, path: string, line?: number): ImportedSample | ImportProblem {
  const refuse = (problem: string): ImportProblem => ({ problem, path, ...(line !== undefined && { line }) })
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
    const badModel = unstorableIn('The name of a model', one.model)
    if (badModel) return refuse(badModel)
    const caption: ImportedCaption = { text: words, kind: kindOf(one.kind, 'alt'), origin: originOf(one.origin) }
    const same = captions.find((other) => other.text === caption.text && other.kind === caption.kind && other.origin === caption.origin)
    const model = text(one.model)
    if (model !== undefined && caption.origin !== 'source') (same ?? caption).model ??= model
    if (!same) captions.push(caption)
  }
  const reference = text(row.image)
  const url = text(row.url)
  const badUrl = unstorableIn('The URL of the picture', url)
  if (badUrl) return refuse(badUrl)
  const split = text(row.split)
  const meta = { ...(isRecord(row.meta) && row.meta), ...(reference !== undefined && url !== undefined && { url }), ...(split !== undefined && { split }) }
  return {
    key,
    captions,
    ...(reference !== undefined ? { missing: reference } : url !== undefined && { image: { place: 'url' as const, url } }),
    ...(Object.keys(meta).length > 0 && { meta }),
    ...(size(row.width) && { width: size(row.width) }),
    ...(size(row.height) && { height: size(row.height) }),
    at: { path, ...(line !== undefined && { line }) },
  }
}

/** A row of a release, its names always in one order. */
export const releasedRow = (sample: ReleasedSample, image: string | undefined): string => {
  const { key, chosen, candidates, alt, width, height, url, split, meta } = sample
  return JSON.stringify({
    key,
    chosen: { kind: chosen.kind, origin: chosen.origin, text: chosen.text },
    candidates: candidates.map(({ kind, origin, standing, text: words, model, recipe, p }) => ({ kind, origin, standing, text: words, model: model ?? undefined, recipe: recipe ?? undefined, p })),
    alt,
    width,
    height,
    url,
    image,
    split,
    meta: meta && Object.keys(meta).length > 0 ? (JSON.parse(stableJson(meta)) as unknown) : undefined,
  })
}
