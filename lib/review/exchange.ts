import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { EditedText, ReviewerName } from './schema'

/** One decision as it travels between machines: samples by key, captions by kind and the hash of their text. */
export const DecisionLine = z.object({
  /** the same decision has the same id on every machine, so a file may be read twice */
  id: z.string().min(8).max(100),
  key: z.string(),
  kind: z.string().max(32).nullable(),
  textHash: z.string().length(16).nullable(),
  decision: z.enum(['approve', 'reject', 'edit', 'clear', 'flag', 'unflag', 'keep', 'drop']),
  text: EditedText.optional(),
  reasons: z.array(z.string().max(40)).max(10).default([]),
  note: z.string().max(4000).default(''),
  reviewer: ReviewerName,
  at: z.string().datetime({ offset: true }),
})
export type DecisionLine = z.infer<typeof DecisionLine>

/** Parses one line of an export. Throws 'invalid' with its place. */
export function parseDecision(line: string, number: number): DecisionLine {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw new AppError('invalid', `Line ${number} of the decisions is not JSON.`, { cause, detail: { line: number } })
  }
  const read = DecisionLine.safeParse(value)
  if (!read.success) {
    const issue = read.error.issues[0]
    throw new AppError('invalid', `Line ${number} of the decisions is not right: ${issue.path.join('.')}: ${issue.message}.`, { detail: { line: number } })
  }
  if (read.data.decision === 'edit' && read.data.text === undefined) throw new AppError('invalid', `Line ${number} is an edit without its text.`, { detail: { line: number } })
  return read.data
}
