import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { redact } from '@/lib/log'
import type { CaptionDraft } from './types'

/** Longer than any caption; what a recipe takes is stricter. */
const MOST_CHARACTERS = 200_000

const Answer = z.object({
  choices: z.array(
    z.object({
      finish_reason: z.string().nullish(),
      error: z.object({ message: z.string().catch('') }).nullish().catch(undefined),
      message: z.object({ content: z.union([z.string(), z.array(z.object({ type: z.string().optional(), text: z.string().optional() }))]).nullish(), refusal: z.string().nullish() }),
    }),
  ),
  usage: z.object({ prompt_tokens: z.number().nonnegative().catch(0), completion_tokens: z.number().nonnegative().catch(0) }).nullish().catch(undefined),
})

const Refusal = z.object({ error: z.union([z.string().transform((message) => ({ message, code: undefined })), z.looseObject({ code: z.unknown().optional() })]), choices: z.tuple([]).nullish() })

/** The error that some endpoints send as if all were well, with status 200, and the status it stands for; undefined when it is none. */
export function errorWithin(answer: unknown): { status: number; error: object } | undefined {
  const read = Refusal.safeParse(answer)
  if (!read.success) return undefined
  const status = Number(read.data.error.code)
  return { status: status >= 400 && status < 600 ? status : 500, error: read.data.error }
}

type Usage = CaptionDraft['usage']
const later = (cause: string, message: string, usage?: Usage) => new AppError('unavailable', message, { detail: { cause, usage } })
const never = (cause: string, message: string, usage?: Usage) => new AppError('refused', message, { detail: { cause, usage } })

/** A draft out of what an endpoint answered with 200. Throws, with the class of the fault in `detail.cause` and what was paid in `detail.usage`, when it is no caption. */
export function draftOf(answer: unknown): CaptionDraft {
  if (typeof answer === 'string') throw later('not-json', `The endpoint answered with ${/^\s*</.test(answer) ? 'a web page' : 'plain text'} instead of JSON. Check that the base URL ends where its API begins, often in /v1.`)
  const read = Answer.safeParse(answer)
  if (!read.success) throw later('malformed', 'The endpoint answered with JSON that is no chat completion.')
  const counted = read.data.usage
  const usage = counted ? { inputTokens: counted.prompt_tokens, outputTokens: counted.completion_tokens } : undefined
  const choice = read.data.choices[0]
  if (!choice) throw later('empty', 'The endpoint answered without any choice.', usage)
  if (choice.error || choice.finish_reason === 'error') throw later('server', `The endpoint broke its answer off: ${redact(choice.error?.message || 'no reason was given').slice(0, 300)}`, usage)
  const { content, refusal } = choice.message
  const text = typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('')
  if (refusal && !text.trim()) throw never('refusal', `The model refused: “${refusal.slice(0, 200)}”.`, usage)
  if (!text.trim()) {
    if (choice.finish_reason === 'content_filter') throw never('filtered', 'The endpoint’s content filter held the answer back.', usage)
    if (choice.finish_reason === 'length') throw never('length', 'The model used up its tokens before it wrote anything. Allow it more tokens.', usage)
    throw later('empty', 'The endpoint answered with an empty text.', usage)
  }
  if (text.includes('\0')) throw later('malformed', 'The endpoint answered with a text that holds a NUL character.', usage)
  if (text.length > MOST_CHARACTERS) throw never('too-large', `The endpoint answered with a text of ${text.length} characters.`, usage)
  const finish = choice.finish_reason === 'length' ? 'length' : choice.finish_reason === 'content_filter' ? 'filtered' : 'stop'
  return { text, finish, ...(usage ? { usage } : {}) }
}
