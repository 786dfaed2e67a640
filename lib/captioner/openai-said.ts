import { z } from 'zod'

const Said = z.object({ message: z.string().optional().catch(undefined), metadata: z.unknown().optional(), details: z.array(z.unknown()).catch([]) })
const Delay = z.object({ retryDelay: z.string() })
/** Gemini puts its error into a list of one. */
const Body = z.union([z.tuple([z.object({ error: Said })]).transform(([{ error }]) => error), Said])

const UNITS: Readonly<Record<string, number>> = { ms: 1, m: 60_000, h: 3_600_000, s: 1000 }
const PART = /(\d+(?:\.\d+)?)\s*(ms|milliseconds?|hours?|h|minutes?|min|m|seconds?|s)(?![a-z])/gi
const WAIT = new RegExp(`(?:try again|retry)\\s+(?:in|after)\\s+((?:${PART.source}\\s*)+)`, 'i')

/** The ms of “1.2s”, “6m0s” or “20 seconds”; 0 where there are none. */
const msOf = (text: string): number =>
  [...text.matchAll(PART)].reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[/^m(?:s|illi)/i.test(unit) ? 'ms' : unit[0].toLowerCase()], 0)

/** What the body of an error says, whoever wrote it: its words, the wait it asks for in details or words, and all there is to search for a reason. */
export function saidIn(body: unknown, { message, status }: { message: string; status?: number }): { message: string; waitMs?: number; reasons: string } {
  const said = Body.safeParse(body).data
  const words = said?.message ? `${status} ${said.message}` : message
  const delay = (said?.details ?? []).map((one) => Delay.safeParse(one).data?.retryDelay).find(Boolean)
  const waitMs = msOf(delay ?? WAIT.exec(words)?.[1] ?? '')
  return { message: words, ...(waitMs > 0 ? { waitMs: Math.ceil(waitMs) } : {}), reasons: `${words} ${JSON.stringify(said?.metadata ?? '')}` }
}
