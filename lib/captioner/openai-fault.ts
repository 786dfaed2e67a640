import { AppError, isAppError, messageOf } from '@/lib/errors'
import { redact } from '@/lib/log'
import { TooLarge } from './capped-fetch'
import { saidIn } from './openai-said'

/** An hour: an endpoint that asks for more is asked again after that. */
const LONGEST_WAIT = 3_600_000
/** So an endpoint says that it holds this very picture or text back, … */
const HELD_BACK = /moderation|flagged|safety|(?:content|usage|use)\W+polic/i
/** … and so that it has something against who asks. */
const AGAINST_ASKER = /\b(?:account|organi[sz]ation|project|workspace|key)\b[^.]{0,40}\b(?:flagged|blocked|disabled|suspended|restricted)/i

/** What is known of a failed call, whatever library made it. */
export type Failed = { error: unknown; /** the error out of its answer */ body?: unknown; status?: number; code?: string | null; type?: string | null; headers?: Headers; where: string; key?: string; timeoutMs: number; timedOut: boolean; stopped: boolean }

/** `Retry-After` in ms, given in seconds or as a date; undefined when it is neither. */
export function retryAfterMs(headers: Headers | undefined, now = Date.now()): number | undefined {
  const ms = Number(headers?.get('retry-after-ms') ?? NaN)
  const after = headers?.get('retry-after') ?? ''
  const wait = Number.isFinite(ms) ? ms : /^\d+(\.\d+)?$/.test(after) ? Number(after) * 1000 : after ? Date.parse(after) - now : NaN
  return Number.isFinite(wait) ? Math.min(LONGEST_WAIT, Math.max(0, Math.round(wait))) : undefined
}

const chain = (error: unknown): unknown[] => {
  const all: unknown[] = []
  for (let one = error; one && all.length < 8; one = one instanceof Error ? one.cause : undefined) all.push(one)
  return all
}

/** Says a foreign failure in our words: later or never, why, and what to do. No key is in the message, and the foreign error is not kept: it may hold one. */
export function faultOf({ error, body, status, code, type, headers, where, key, timeoutMs, timedOut, stopped }: Failed): AppError {
  if (isAppError(error)) return error
  const errors = chain(error)
  const clean = (text: string) => redact(key ? text.replaceAll(key, '[key]') : text).replace(/\s+/g, ' ').slice(0, 300)
  const told = saidIn(body, { message: messageOf(error), status })
  const said = clean(told.message)
  const later = (cause: string, message: string, detail: Record<string, unknown> = {}) => new AppError('unavailable', message, { detail: { cause, ...detail } })
  const never = (cause: string, message: string, detail: Record<string, unknown> = {}) => new AppError('refused', message, { detail: { cause, ...detail } })

  if (stopped) return later('stopped', 'The call was stopped.', { stopped: true })
  if (errors.some((one) => one instanceof TooLarge)) return never('too-large', `${where} answered with far more than a caption; the call was broken off.`)
  if (timedOut) return later('timeout', `${where} did not finish its answer within ${Math.round(timeoutMs / 1000)} s.`)
  const wait = retryAfterMs(headers) ?? (told.waitMs && Math.min(LONGEST_WAIT, told.waitMs))
  const waits = wait === undefined ? {} : { retryAfterMs: wait }
  if (status === 429) {
    if ([code, type].some((name) => /insufficient_quota|billing|credit/i.test(name ?? ''))) return later('quota', `The quota at ${where} is used up: ${said}. Top it up, then resume the run.`, { quota: true, status })
    return later('rate', `${where} asks to wait: ${said}`, { status, ...waits })
  }
  if (status === 402) return later('quota', `${where} asks for payment: ${said}`, { quota: true, status })
  if (status === 403 && HELD_BACK.test(told.reasons) && !AGAINST_ASKER.test(told.reasons)) return never('filtered', `${where} held the request back: ${said}`, { status })
  if (status === 401 || status === 403) return never('auth', `${where} does not accept the key: ${said}. Type the key again, or set OPENAI_API_KEY.`, { auth: true, status })
  if (status !== undefined && (status >= 500 || status === 408 || status === 409 || status === 425)) return later('server', `${where} failed: ${said}`, { status, ...waits })
  if (status !== undefined && [code, type].some((name) => /content_(?:policy|filter)/i.test(name ?? ''))) return never('filtered', `${where} held the request back: ${said}`, { status })
  if (status !== undefined) return never('request', `${where} does not take the request: ${said}`, { status })
  if (errors.some((one) => /redirect/i.test(messageOf(one)))) return never('redirect', `${where} sends calls on to another address, and none is followed. Set the base URL to the address that answers.`)
  if (errors.some((one) => one instanceof SyntaxError)) return later('not-json', `${where} answered with JSON that cannot be read.`)
  const system = errors.map((one) => (one instanceof Error && 'code' in one ? String(one.code) : '')).find((name) => /^[A-Z_]{4,}$/.test(name))
  return later('connection', `${where} cannot be reached or broke off${system ? ` (${system})` : ''}. Check that it runs and that the base URL is right.`)
}
