import { CASINGS, ENDINGS } from '@/lib/caption/habits'

/** How a field of the filter language is written, checked and read aloud. How it queries stands in query.ts. */
export type FieldType = 'number' | 'word' | 'yesno' | 'text'
export type FieldSpec = {
  readonly name: string
  readonly type: FieldType
  /** caption: several such conditions side by side speak of one and the same caption */
  readonly on: 'caption' | 'sample'
  readonly values?: readonly string[]
  readonly says: string
  /** more about its values, for the help */
  readonly note?: string
}

export const FIELDS: readonly FieldSpec[] = [
  { name: 'kind', type: 'word', on: 'caption', says: 'the caption is of kind' },
  { name: 'origin', type: 'word', on: 'caption', values: ['source', 'model', 'human'], says: 'the caption was written by' },
  { name: 'standing', type: 'word', on: 'caption', values: ['pending', 'approved', 'rejected'], says: 'the caption stands' },
  { name: 'model', type: 'text', on: 'caption', says: 'written by model', note: 'none: no model is named' },
  { name: 'recipe', type: 'text', on: 'caption', says: 'asked for by recipe', note: 'none: there was no recipe' },
  { name: 'run', type: 'number', on: 'caption', says: 'written in run' },
  { name: 'words', type: 'number', on: 'caption', says: 'words' },
  { name: 'tokens', type: 'number', on: 'caption', says: 'CLIP tokens' },
  { name: 'begins', type: 'text', on: 'caption', says: 'begins with', note: 'whole words; letter case and . , " do not count' },
  { name: 'ends', type: 'word', on: 'caption', values: ENDINGS, says: 'the closing sign is' },
  { name: 'casing', type: 'word', on: 'caption', values: CASINGS, says: 'the letter case is' },
  { name: 'repeats', type: 'word', on: 'caption', values: ['kind', 'writer'], says: 'repeats an earlier caption of the same', note: 'writer: of the same kind, origin, model and recipe; alt texts that came with the data have flag:dup-alt instead' },
  { name: 'alignment', type: 'number', on: 'caption', says: 'alignment' },
  { name: 'reason', type: 'word', on: 'caption', says: 'rejected for' },
  { name: 'quarantined', type: 'yesno', on: 'caption', says: 'quarantined' },
  { name: 'reviewer', type: 'text', on: 'sample', says: 'decided by' },
  { name: 'flag', type: 'word', on: 'sample', says: 'flagged' },
  { name: 'id', type: 'number', on: 'sample', says: 'sample number' },
  { name: 'width', type: 'number', on: 'sample', says: 'width in pixels' },
  { name: 'height', type: 'number', on: 'sample', says: 'height in pixels' },
  { name: 'ratio', type: 'number', on: 'sample', says: 'width / height' },
  { name: 'key', type: 'text', on: 'sample', says: 'the key contains' },
  { name: 'missing', type: 'word', on: 'sample', says: 'has no caption of kind' },
  { name: 'duplicate', type: 'yesno', on: 'sample', says: 'has a near-duplicate' },
  { name: 'dropped', type: 'yesno', on: 'sample', says: 'dropped' },
  { name: 'same-text', type: 'number', on: 'caption', says: 'says the very same as caption' },
  { name: 'media', type: 'number', on: 'sample', says: 'shows picture' },
  { name: 'group', type: 'number', on: 'sample', says: 'in near-duplicate group' },
  { name: 'import', type: 'number', on: 'sample', says: 'came with import' },
]

/** `meta.<column>`: any source column that the import carried along. */
const meta = (column: string): FieldSpec => ({ name: `meta.${column}`, type: 'text', on: 'sample', says: `${column} is` })

const byName = new Map(FIELDS.map((field) => [field.name, field]))
export const fieldSpec = (name: string): FieldSpec | undefined => byName.get(name) ?? (name.startsWith('meta.') && name.length > 5 ? meta(name.slice(5)) : undefined)
