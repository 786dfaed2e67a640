import { env } from '@/lib/env'
import { refusal } from '@/lib/guard'
import { presents, TOKEN_COOKIE } from '@/lib/token'

/** Whether the request carries the access token, where the desk is open to colleagues. */
export function isKnown(headers: Headers): boolean {
  if (!env.token) return true
  const cookie = headers.get('cookie')?.split(/;\s*/).find((one) => one.startsWith(`${TOKEN_COOKIE}=`))?.slice(TOKEN_COOKIE.length + 1)
  return presents(headers.get('authorization')?.replace(/^Bearer /, '') ?? cookie ?? '', env.token)
}

/** Why this request is not answered, with the status to say so; null when it is. */
export function turnedAway(request: { headers: Headers; method: string }, path: string): Response | null {
  const { headers, method } = request
  const no = (status: number, message: string) => Response.json({ error: { code: 'refused', message } }, { status })
  const why = refusal({ host: headers.get('host'), origin: headers.get('origin'), site: headers.get('sec-fetch-site'), mode: headers.get('sec-fetch-mode'), method, path }, env.allowHosts)
  if (why) return no(403, why)
  return isKnown(headers) ? null : no(401, 'This desk is open to colleagues only. Use the address with ?token=… that `recaption serve` printed, or send it as a Bearer token.')
}
