import { z } from 'zod'
import { Kind, Origin } from '@/lib/caption/schema'
import { DatasetName } from '@/lib/dataset/schema'

const ColumnName = z.string().min(1, 'a column needs a name').max(500)

/** Which column holds captions, and what they are. `from` names columns that say kind, origin or model row by row. */
export const CaptionMapping = z.object({
  column: ColumnName,
  kind: Kind.default('alt'),
  origin: Origin.default('source'),
  model: z.string().min(1).max(200).optional(),
  from: z.object({ kind: ColumnName.optional(), origin: ColumnName.optional(), model: ColumnName.optional() }).optional(),
})
export type CaptionMapping = z.infer<typeof CaptionMapping>

/** What a person may correct of the guess; whatever is absent is guessed. */
export const ImportMapping = z.object({
  image: ColumnName.optional(),
  key: ColumnName.optional(),
  captions: z.array(CaptionMapping).max(50).optional(),
  separator: z.string().min(1).max(20).optional(),
  header: z.boolean().optional(),
})
export type ImportMapping = z.infer<typeof ImportMapping>

/** A source as it is looked at before it is imported. */
export const PreviewRequest = ImportMapping.extend({
  /** folder or file */
  source: z.string().min(1, 'an import needs a source').max(4096).refine((path) => !path.includes('\0'), 'a path holds no NUL character'),
  /** absent: recognised */
  format: z.string().max(40).optional(),
})
export type PreviewRequest = z.infer<typeof PreviewRequest>

export const ImportRequest = PreviewRequest.extend({
  dataset: DatasetName,
  /** take the pictures into our own store instead of reading them where they are */
  copy: z.boolean().default(false),
})
export type ImportRequest = z.infer<typeof ImportRequest>

export type ImportProblemView = { path: string; line?: number; why: string }

/** Counts are samples, but for `captions`. `problems` lists at most the first 10,000; `problemCount` is their number. */
export type ImportResult = {
  dataset: string
  importId: number
  added: number
  skipped: number
  captions: number
  problems: ImportProblemView[]
  problemCount: number
}

/** Where an import stands. `read` counts samples and problems of the source. */
export type ImportProgress = { stage: 'reading' | 'indexing'; read: number; added: number; skipped: number; captions: number; problems: number }

/** `abc:kind:origin:model` as the command line writes a caption column; a colon in the column's own name stands as `\:`. */
export function parseCaptionMapping(text: string): CaptionMapping {
  const [column, kind, origin, ...model] = text.split(/(?<!\\):/).map((part) => part.replaceAll('\\:', ':'))
  const blank = (part: string | undefined) => part || undefined
  return CaptionMapping.parse({ column, kind: blank(kind), origin: blank(origin), model: blank(model.join(':')) })
}
