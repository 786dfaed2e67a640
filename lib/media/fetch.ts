import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent'
import { AppError, isAppError, messageOf } from '@/lib/errors'

/** What only whoever operates this installation may widen; never taken from data. */
export type Operator = {
  /** addresses or CIDR ranges that may be reached although they are private */
  addresses?: readonly string[]
  /** ports beside 80 and 443 */
  ports?: readonly number[]
  lookup?: LookupFunction
}
export type FetchOptions = { signal?: AbortSignal; maxBytes?: number; timeoutMs?: number; operator?: Operator }
export type Fetched = { bytes: Uint8Array; type: string; url: string }

const REDIRECTS = 3
const MAX_BYTES = 20 * 1024 * 1024
const TIMEOUT_MS = 15_000

/** The address as it will be asked for. Throws 'refused' for anything but plain http(s) on an allowed port. */
export function checkUrl(text: string, operator: Operator = {}): URL {
  if (!URL.canParse(text)) throw new AppError('refused', `“${text.slice(0, 200)}” is not a web address.`)
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new AppError('refused', `${url.protocol}// addresses are not fetched; only http and https are.`)
  if (url.username || url.password) throw new AppError('refused', `The address of ${url.hostname} carries a user name; such addresses are not fetched.`)
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  if (![80, 443, ...(operator.ports ?? [])].includes(port)) throw new AppError('refused', `Port ${port} of ${url.hostname} is not fetched from; only 80 and 443 are.`)
  // How a trailing dot is resolved differs between machines; the name is private on all of them.
  if (!operator.addresses && /(^|\.)localhost\.?$/.test(url.hostname)) throw new AppError('refused', `${url.hostname} is a private or reserved address; addresses found in data are not followed there.`)
  return url
}

function ask(url: URL, signal: AbortSignal, operator: Operator): Promise<IncomingMessage> {
  const settings = { allowIPAddressList: [...(operator.addresses ?? [])], ...(operator.lookup && { lookup: operator.lookup }) }
  const secure = url.protocol === 'https:'
  // The agent looks at the address that is connected to, on every hop, so a name that answers twice gains nothing.
  const agent = secure ? new RequestFilteringHttpsAgent(settings) : new RequestFilteringHttpAgent(settings)
  return new Promise((resolve, reject) => {
    const headers = { accept: 'image/*', 'accept-encoding': 'identity', 'user-agent': 'recaption' }
    const request = (secure ? https : http).get(url, { agent, signal, headers }, resolve)
    request.on('error', reject)
  })
}

async function body(response: IncomingMessage, url: URL, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = () => new AppError('refused', `The picture at ${url.host} is larger than ${Math.round(maxBytes / 1_048_576)} MB.`)
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw tooLarge()
  const parts: Buffer[] = []
  let size = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length
    if (size > maxBytes) throw tooLarge()
    parts.push(part)
  }
  if (!response.complete) throw new AppError('unavailable', `${url.host} ended the picture too early.`)
  return Buffer.concat(parts, size)
}

/** "later" or "never", from the answer's status. */
function refusal(status: number, url: URL): AppError {
  const later = status === 429 || status === 408 || status >= 500
  return new AppError(later ? 'unavailable' : 'refused', `${url.host} answered ${status}.`)
}

function explain(error: unknown, url: URL, signal: AbortSignal, timeoutMs: number): AppError {
  if (isAppError(error)) return error
  const said = messageOf(error)
  // The agent's refusal is a plain Error without a code; its version is pinned and a test holds this text.
  if (/is not allowed\. Because/.test(said)) return new AppError('refused', `${url.hostname} is a private or reserved address; addresses found in data are not followed there.`, { cause: error })
  if (signal.aborted && signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError') return new AppError('unavailable', `${url.host} did not answer in ${timeoutMs / 1000} s.`, { cause: error })
  return new AppError('unavailable', `${url.host} could not be reached: ${said}.`, { cause: error })
}

/**
 * Bytes behind an address that was found in data. Private networks are refused at the moment of connecting, on each of at
 * most 3 redirects; at most 20 MB and 15 s in all; no cookies. Throws 'refused' (never) or 'unavailable' (later).
 */
export async function fetchGuarded(text: string, options: FetchOptions = {}): Promise<Fetched> {
  const { maxBytes = MAX_BYTES, timeoutMs = TIMEOUT_MS, operator = {} } = options
  const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(options.signal ? [options.signal] : [])])
  let url = checkUrl(text, operator)
  for (let hop = 0; hop <= REDIRECTS; hop++) {
    let response: IncomingMessage | undefined
    try {
      response = await ask(url, signal, operator)
      const status = response.statusCode ?? 0
      if (status >= 300 && status < 400 && response.headers.location) {
        url = checkUrl(URL.parse(response.headers.location, url)?.href ?? response.headers.location, operator)
        continue
      }
      if (status !== 200) throw refusal(status, url)
      if ((response.headers['content-encoding'] ?? 'identity') !== 'identity') throw new AppError('refused', `${url.host} sent the picture compressed although it was asked not to.`)
      return { bytes: await body(response, url, maxBytes), type: (response.headers['content-type'] ?? '').split(';')[0].trim(), url: url.href }
    } catch (error) {
      throw explain(error, url, signal, timeoutMs)
    } finally {
      response?.destroy()
    }
  }
  throw new AppError('refused', `${text.slice(0, 200)} redirects more than ${REDIRECTS} times.`)
}
