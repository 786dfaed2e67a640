import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { redact } from '@/lib/log'
import { draftOf } from './openai-answer'
import type { CaptionDraft } from './types'

const Line = z.object({
  custom_id: z.string(),
  response: z.object({ status_code: z.number(), body: z.unknown() }).nullish(),
  error: z.object({ code: z.string().nullish(), message: z.string().nullish() }).nullish(),
})
const Failure = z.object({ error: z.object({ message: z.string().catch(''), code: z.string().nullish().catch(null) }) })

/** `error`: 'unavailable' lines may be asked again, 'refused' ones not. */
export type BatchAnswer = { customId: string; draft: CaptionDraft } | { customId: string; error: AppError }

/** One line of an output or error file; undefined when it is no such line. */
export function batchAnswer(line: string): BatchAnswer | undefined {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return undefined
  }
  const read = Line.safeParse(value)
  if (!read.success) return undefined
  const { custom_id: customId, response, error } = read.data
  const failed = (code: 'unavailable' | 'refused', message: string, cause: string): BatchAnswer => ({ customId, error: new AppError(code, redact(message).slice(0, 300), { detail: { cause } }) })
  if (!response) return failed('unavailable', `The batch ended before this request: ${error?.message ?? error?.code ?? 'no reason was given'}`, error?.code ?? 'batch')
  if (response.status_code !== 200) {
    const said = Failure.safeParse(response.body).data?.error.message ?? `status ${response.status_code}`
    return failed(response.status_code === 429 || response.status_code >= 500 ? 'unavailable' : 'refused', `The endpoint did not take the request: ${said}`, response.status_code === 429 ? 'rate' : response.status_code >= 500 ? 'server' : 'request')
  }
  try {
    return { customId, draft: draftOf(response.body) }
  } catch (thrown) {
    if (thrown instanceof AppError) return { customId, error: thrown }
    throw thrown
  }
}
