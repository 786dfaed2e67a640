import type { CaptionColumn, Mapping } from './types'

const altNames = ['alt', 'alt_text', 'alttext', 'text', 'caption', 'org_caption', 'orig_caption', 'original_caption', 'raw_caption', 'captions', 'sentences', 'txt', 'title', 'description', 'prompt']
/** lower case; columns that by habit hold what a model wrote, with the kind it is nearest to */
const modelNames: Readonly<Record<string, string>> = { re_caption: 'detailed', recaption: 'detailed', vlm_caption: 'detailed', generated_caption: 'detailed', synthetic_caption: 'detailed', syn_caption: 'detailed', long_caption: 'detailed', detailed_caption: 'detailed', refined_caption: 'detailed', short_caption: 'short' }
const imageNames = ['image', 'image_path', 'file_name', 'filename', 'filepath', 'file_path', 'img_path', 'image_file', 'path', 'img', 'jpg', 'png', 'webp', 'url', 'image_url', 'img_url', 'video_path']
const keyNames = ['key', 'uid', 'id', 'sample_id', 'image_id', 'image/key']
/** of no use as captions though their names end so */
const notCaptions = /(score|length|len|count|num|ratio|similarity)/

/** Data sets whose columns say which model wrote their captions, but not in the rows. */
function modelOf(column: string, lower: ReadonlySet<string>): string {
  if (column === 're_caption' && lower.has('re_clip_score')) return 'llava-1.5-llama-3-8b'
  const by = /^(.+?)_(?:re)?caption$/.exec(column)?.[1]
  return by && !(column in modelNames) ? by : 'unknown'
}

/** Which columns are the picture, the key and the captions, by the names that data sets give them. Any part may be missing. */
export function guessColumns(columns: readonly string[]): Mapping {
  const byLower = new Map<string, string>()
  for (const column of columns) if (!byLower.has(column.toLowerCase())) byLower.set(column.toLowerCase(), column)
  const lower = new Set(byLower.keys())
  const first = (names: readonly string[]) => names.map((name) => byLower.get(name)).find((name) => name !== undefined)
  const captions: CaptionColumn[] = []
  const own = lower.has('text') && lower.has('kind') && lower.has('origin')
  const alts = altNames.filter((name) => lower.has(name))
  for (const name of alts) {
    const column = byLower.get(name) ?? name
    const weaker = name === 'title' || name === 'description' || name === 'prompt'
    if (weaker && captions.length > 0) continue
    if (own && name === 'text') captions.unshift({ column, kind: 'alt', origin: 'source', from: { kind: byLower.get('kind'), origin: byLower.get('origin'), ...(lower.has('model') && { model: byLower.get('model') }) } })
    else captions.push({ column, kind: 'alt', origin: 'source' })
  }
  for (const name of lower) {
    const known = Object.hasOwn(modelNames, name)
    if (!known && (!/._(re)?caption$/.test(name) || altNames.includes(name) || notCaptions.test(name))) continue
    const perRow = name === 'vlm_caption' && byLower.get('vlm_model')
    captions.push({ column: byLower.get(name) ?? name, kind: known ? modelNames[name] : 'detailed', origin: 'model', model: modelOf(name, lower), ...(perRow && { from: { model: perRow } }) })
  }
  return { image: first(imageNames), key: first(keyNames), captions }
}

const looksLikeUrl = (value: string) => /^https?:\/\/\S+$/i.test(value)
const known = new Set([...altNames, ...Object.keys(modelNames), ...imageNames, ...keyNames, 'width', 'height', 'status'])

/**
 * The columns of a table from its first line: their names, or, where the line is data already (CC3M is caption and URL,
 * CC12M URL and caption), names of ours.
 */
export function headerOf(first: readonly string[], mapping: Mapping): { columns: readonly string[]; header: boolean } {
  const named = first.some((cell) => known.has(cell.trim().toLowerCase()))
  const header = mapping.header ?? (named || !first.some(looksLikeUrl))
  if (header) return { columns: first.map((cell) => cell.trim()), header }
  const url = first.findIndex(looksLikeUrl)
  let caption = -1
  first.forEach((cell, at) => {
    if (at !== url && (caption < 0 || cell.length > first[caption].length)) caption = at
  })
  return { columns: first.map((_, at) => (at === url ? 'url' : at === caption ? 'caption' : `column_${at + 1}`)), header }
}

/** The person's mapping where there is one, the guess elsewhere. */
export function mappingFor(columns: readonly string[], mapping: Mapping): Mapping {
  const guess = guessColumns(columns)
  return { ...mapping, image: mapping.image ?? guess.image, key: mapping.key ?? guess.key, captions: mapping.captions?.length ? mapping.captions : guess.captions }
}
