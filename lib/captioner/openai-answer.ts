import { z } from 'zod'
import { AppError } from '@/lib/errors'
import type { CaptionDraft } from './types'

/** Longer than any caption; what a recipe takes is stricter. */
const MOST_CHARACTERS = 200_000

const Answer = z.object({
  choices: z.array(
    z.object({
      finish_reason: z.string().nullish(),
      message: z.object({ content: z.union([z.string(), z.array(z.object({ type: z.string().optional(), text: z.string().optional() }))]).nullish(), refusal: z.string().nullish() }),
    }),
  ),
  usage: z.object({ prompt_tokens: z.number().nonnegative().catch(0), completion_tokens: z.number().nonnegative().catch(0) }).nullish().catch(undefined),
})

const later = (cause: string, message: string) => new AppError('unavailable', message, { detail: { cause } })
const never = (cause: string, message: string) => new AppError('refused', message, { detail: { cause } })

/** A draft out of what an endpoint answered with 200. Throws, with the class of the fault in `detail.cause`, when it is no caption. */
export function draftOf(answer: unknown): CaptionDraft {
  if (typeof answer === 'string') throw later('not-json', `The endpoint answered with ${/^\s*</.test(answer) ? 'a web page' : 'plain text'} instead of JSON. Check that the base URL ends where its API begins, often in /v1.`)
  const read = Answer.safeParse(answer)
  if (!read.success) throw later('malformed', 'The endpoint answered with JSON that is no chat completion.')
  const choice = read.data.choices[0]
  if (!choice) throw later('empty', 'The endpoint answered without any choice.')
  const { content, refusal } = choice.message
  const text = typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('')
  if (refusal && !text.trim()) throw never('refusal', `The model refused: “${refusal.slice(0, 200)}”.`)
  if (!text.trim()) {
    if (choice.finish_reason === 'content_filter') throw never('filtered', 'The endpoint’s content filter held the answer back.')
    if (choice.finish_reason === 'length') throw never('length', 'The model used up its tokens before it wrote anything. Allow it more tokens.')
    throw later('empty', 'The endpoint answered with an empty text.')
  }
  if (text.includes('\0')) throw later('malformed', 'The endpoint answered with a text that holds a NUL character.')
  if (text.length > MOST_CHARACTERS) throw never('too-large', `The endpoint answered with a text of ${text.length} characters.`)
  const finish = choice.finish_reason === 'length' ? 'length' : choice.finish_reason === 'content_filter' ? 'filtered' : 'stop'
  const usage = read.data.usage
  return { text, finish, ...(usage ? { usage: { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens } } : {}) }
}
