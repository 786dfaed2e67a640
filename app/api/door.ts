import { ZodError, type z } from 'zod'
import { encodersReady } from '@/lib/caption/encoders'
import { AppError, errorStatus, isAppError } from '@/lib/errors'
import { log, redact } from '@/lib/log'
import { turnedAway } from './admit'

type Params = Record<string, string>
type Context = { params: Promise<Params> }
export type Knocked = { params: Params; url: URL; request: Request }

function answerFor(error: unknown): Response {
  if (isAppError(error)) return Response.json({ error: { code: error.code, message: redact(error.message), detail: error.detail } }, { status: errorStatus[error.code], headers: error.code === 'unavailable' ? { 'retry-after': '2' } : {} })
  log.error(error)
  return Response.json({ error: { code: 'internal', message: 'Something broke that should not have. The server\'s log says what; nothing half-written was kept.' } }, { status: 500 })
}

const LARGEST = 10_000_000
const tooLarge = () => new AppError('invalid', 'The body is larger than 10 MB.')

/** A body that does not say how long it is, is read no further than the limit. */
async function textOf(request: Request): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > LARGEST) throw tooLarge()
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request.body ?? []) {
    size += part.length
    if (size > LARGEST) throw tooLarge()
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** Reads a JSON body of at most 10 MB. */
export async function bodyOf<S extends z.ZodType>(request: Request, schema: S): Promise<z.output<S>> {
  const text = await textOf(request)
  let raw: unknown
  try {
    raw = text ? JSON.parse(text) : {}
  } catch (cause) {
    throw new AppError('invalid', 'The body is not JSON.', { cause })
  }
  return checked(schema, raw)
}

/** Parses what came from outside; the error names the field. */
export function checked<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new AppError('invalid', sentence(parsed.error), { detail: { issues: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })) } })
}
const sentence = (error: ZodError) => error.issues.map((issue) => (issue.path.length ? `${issue.path.join('.')}: ${issue.message}` : issue.message)).join('; ')

export const queryOf = <S extends z.ZodType>(url: URL, schema: S): z.output<S> => checked(schema, Object.fromEntries(url.searchParams))

/** A door: parse, one call, answer. What it returns is sent as JSON (`status` 200) unless it is a Response already. */
export const door = (open: (knocked: Knocked) => unknown, status = 200) =>
  async function answer(request: Request, context: Context): Promise<Response> {
    try {
      // Next has decoded them already; a key may hold a percent sign.
      await encodersReady()
      const result = await open({ params: (await context.params) ?? {}, url: new URL(request.url), request })
      return result instanceof Response ? result : Response.json(result ?? {}, { status })
    } catch (error) {
      return answerFor(error)
    }
  }

/**
 * A door that takes bodies of any size. The proxy leaves its address out, because what passes there is held in memory and
 * cut at 10 MB without a word; so it asks itself who knocks.
 */
export const wideDoor = (open: (knocked: Knocked) => unknown, status = 200) => {
  const answer = door(open, status)
  return async (request: Request, context: Context): Promise<Response> => {
    const given = turnedAway(request, new URL(request.url).pathname) ?? (await answer(request, context))
    given.headers.set('x-content-type-options', 'nosniff')
    return given
  }
}
