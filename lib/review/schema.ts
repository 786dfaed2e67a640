import { z } from 'zod'

/** Why a caption is rejected, in the order of the digits 1 to 9 and 0. Ids are stored and never renamed. */
export const REJECT_REASONS = [
  { id: 'wrong-object', digit: 1, label: 'Wrong object' },
  { id: 'missing-object', digit: 2, label: 'Missing object' },
  { id: 'wrong-count', digit: 3, label: 'Wrong count' },
  { id: 'wrong-attribute', digit: 4, label: 'Wrong attribute' },
  { id: 'wrong-relation', digit: 5, label: 'Wrong relation' },
  { id: 'wrong-text', digit: 6, label: 'Wrong text' },
  { id: 'unsupported-name', digit: 7, label: 'Unsupported name' },
  { id: 'invented', digit: 8, label: 'Invented' },
  { id: 'unrelated', digit: 9, label: 'Unrelated' },
  { id: 'language', digit: 0, label: 'Language' },
] as const

/** Why a sample leaves the data. */
export const DROP_REASONS = [
  { id: 'watermark', digit: 1, label: 'Watermark' },
  { id: 'unsafe', digit: 2, label: 'Unsafe' },
  { id: 'low-quality', digit: 3, label: 'Low quality' },
  { id: 'corrupt', digit: 4, label: 'Corrupt' },
  { id: 'duplicate', digit: 5, label: 'Duplicate' },
  { id: 'off-topic', digit: 6, label: 'Off topic' },
  { id: 'rights', digit: 7, label: 'Rights' },
] as const

export const RejectReason = z.enum(REJECT_REASONS.map((reason) => reason.id))
export type RejectReason = z.infer<typeof RejectReason>
export const DropReason = z.enum(DROP_REASONS.map((reason) => reason.id))
export type DropReason = z.infer<typeof DropReason>

/** Why a person wants a sample looked at: what is wrong with its text, or with its picture. */
export const FlagReason = z.enum([...REJECT_REASONS, ...DROP_REASONS].map((reason) => reason.id))

export const CaptionDecision = z.enum(['approve', 'reject', 'edit', 'clear', 'flag', 'unflag'])
export type CaptionDecision = z.infer<typeof CaptionDecision>
export const SampleDecision = z.enum(['keep', 'drop', 'flag', 'unflag'])
export type SampleDecision = z.infer<typeof SampleDecision>
/** `undo` names the entry that it takes back; a redo is the undo of an undo. */
export type Decision = CaptionDecision | SampleDecision | 'undo'

/** The longest caption that is stored, in characters. */
export const LONGEST = 200_000
// A control character or half a surrogate pair would not come back from the database as it went in.
const UNSAFE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/

/** The text without what a stored text cannot hold: invisible control characters and halves of characters. */
export const storable = (text: string): string => text.replace(new RegExp(UNSAFE, 'g'), '').toWellFormed()

export const ReviewerName = z
  .string()
  .trim()
  .min(1, 'say who decides')
  .max(80, 'a name has at most 80 characters')
  .refine((name) => !UNSAFE.test(name), 'a name holds no control characters')
const Note = z.string().max(4000, 'a note has at most 4000 characters').default('')
const Token = z.string().min(8).max(100).optional()
const Version = z.number().int().min(0)

export const EditedText = z
  .string()
  .max(LONGEST, `a caption has at most ${LONGEST} characters`)
  .refine((text) => text.trim() !== '', 'a caption cannot be empty; reject it, or drop the sample')
  .refine((text) => text.isWellFormed() && !UNSAFE.test(text), 'the text holds control characters or half a character')

const bare = { reviewer: ReviewerName, note: Note, token: Token }

/** A verdict on a caption, as the API, the desk and the command line send it. `version`: the caption's, as it was seen. */
export const VerdictInput = z.discriminatedUnion('decision', [
  z.object({ decision: z.enum(['approve', 'clear', 'flag', 'unflag']), reasons: z.array(z.string()).max(0, 'only a rejection, an edit or a drop takes reasons').default([]), version: Version, ...bare }),
  z.object({ decision: z.literal('reject'), reasons: z.array(RejectReason).max(10).default([]), version: Version, ...bare }),
  z.object({ decision: z.literal('edit'), text: EditedText, reasons: z.array(RejectReason).max(10).default([]), version: Version, ...bare }),
])
export type VerdictInput = z.infer<typeof VerdictInput>

/** A verdict on the sample itself. */
export const SampleVerdictInput = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('unflag'), reasons: z.array(z.string()).max(0, 'taking a flag back takes no reasons').default([]), version: Version.optional(), ...bare }),
  z.object({ decision: z.literal('flag'), reasons: z.array(FlagReason).max(10).default([]), version: Version.optional(), ...bare }),
  z.object({ decision: z.enum(['keep', 'drop']), reasons: z.array(DropReason).max(7).default([]), version: Version.optional(), ...bare }),
])
export type SampleVerdictInput = z.infer<typeof SampleVerdictInput>

/** A person wants a sample's alt text looked at; `cleared: true` takes that back. */
export const FlagInput = z.object({ ...bare, reasons: z.array(FlagReason).max(10).default([]), cleared: z.boolean().default(false) })

/** Who acts; every store function that writes a decision takes it first. */
export type Actor = { reviewer: string }

/** One line of the log as it is shown: who decided what, when, and whether it still counts. */
export type VerdictView = {
  id: number
  captionId: number | null
  sampleId: number
  decision: Decision
  reasons: string[]
  note: string
  reviewer: string
  batchId: number | null
  undoesId: number | null
  madeId: number | null
  createdAt: string
  /** neither undone nor part of a batch that is undone or not closed */
  inForce: boolean
}
