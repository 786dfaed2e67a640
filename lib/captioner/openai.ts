import { randomUUID } from 'node:crypto'
import OpenAI from 'openai'
import { readHeader } from '@/lib/media/header'
import { reencode } from '@/lib/media/picture'
import { cappedFetch } from './capped-fetch'
import { tokenLimitField, type Endpoint, type TokenLimit } from './endpoint'
import { draftOf, errorWithin } from './openai-answer'
import { faultOf } from './openai-fault'
import type { Captioner, CaptionRequest } from './types'

const LONGEST_SIDE = 1024
const MOST_TOKENS = 1000
const MODELS_TIMEOUT = 15_000
/** Where EXIF or XMP begins, a place may be written down: such a file is never sent as it is. */
const METADATA = ['Exif\0', 'eXIf', 'http://ns.adobe.com/xap']
const METADATA_WITHIN = 65_536

const JSON_BODY = { 'content-type': 'application/json' }

type ChatBody = OpenAI.ChatCompletionCreateParamsNonStreaming

/** The picture no side of which is longer than asked. A JPEG or PNG that is small enough and carries no metadata goes as it is. */
async function sendable(media: Uint8Array, longestSide: number): Promise<{ bytes: Uint8Array; mime: string }> {
  const header = readHeader(media)
  const head = Buffer.from(media.buffer, media.byteOffset, Math.min(media.byteLength, METADATA_WITHIN))
  const ready = header?.whole && (header.mime === 'image/jpeg' || header.mime === 'image/png') && Math.max(header.width, header.height) <= longestSide && !METADATA.some((mark) => head.includes(mark, 0, 'latin1'))
  return ready ? { bytes: media, mime: header.mime } : reencode(media, { longestSide, format: 'jpeg' })
}

/** Stands for the picture's data URI while the body is put together; nobody's text holds it. */
const PICTURE = `picture:${randomUUID()}`

/** How a body is put where endpoints and models differ. */
type Shape = { schema: boolean; limit: TokenLimit }
const usualShape = (baseURL: string): Shape => ({ schema: true, limit: tokenLimitField(baseURL) })

/** The shape to try after this refusal; undefined when no other would help. */
function otherShape(shape: Shape, asksSchema: boolean, refusal: string): Shape | undefined {
  if (shape.limit === 'max_tokens' && /unsupported parameter.*max_tokens|max_tokens.*max_completion_tokens/i.test(refusal)) return { ...shape, limit: 'max_completion_tokens' }
  if (asksSchema && shape.schema && /response_format|json_schema|schema|structured output/i.test(refusal)) return { ...shape, schema: false }
  return undefined
}

function chatBody({ media, prompt, model, params }: Asked, shape: Shape): ChatBody {
  // A question about a text alone sends no picture.
  const picture = media.byteLength ? [{ type: 'image_url' as const, image_url: { url: PICTURE, ...(params.detail ? { detail: params.detail } : {}) } }] : []
  return {
    model,
    messages: [
      { role: 'system', content: prompt.system },
      { role: 'user', content: [{ type: 'text', text: prompt.user }, ...picture] },
    ],
    [shape.limit]: params.maxTokens ?? MOST_TOKENS,
    ...(params.temperature === undefined ? {} : { temperature: params.temperature }),
    ...(params.seed === undefined ? {} : { seed: params.seed }),
    ...(prompt.schema && shape.schema ? { response_format: { type: 'json_schema', json_schema: { name: 'caption', strict: true, schema: { ...prompt.schema } } } } : {}),
  }
}

type Asked = Pick<CaptionRequest, 'media' | 'prompt' | 'model' | 'params'>

/**
 * The exact body of a call, as bytes; batches send the same. Put together from parts: a picture's base64 in a string of
 * the heap, in its JSON and in the bytes of that would be three copies for every call.
 */
export async function chatBytes(request: Asked, baseURL: string, shape = usualShape(baseURL)): Promise<Buffer> {
  const body = JSON.stringify(chatBody(request, shape))
  if (!request.media.byteLength) return Buffer.from(body)
  const { bytes, mime } = await sendable(request.media, request.params.longestSide ?? LONGEST_SIDE)
  const [before, after] = body.split(PICTURE)
  return dataUriWithin(`${before}data:${mime};base64,`, bytes, after)
}

/** Bytes that are turned into base64 at a time: a multiple of three, and few enough that the text is short-lived. */
const PIECE = 48 * 1024

/** `before`, the bytes as base64, `after`: written into the one buffer that holds them all. */
function dataUriWithin(before: string, bytes: Uint8Array, after: string): Buffer {
  const picture = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = Math.ceil(picture.length / 3) * 4
  const start = Buffer.byteLength(before)
  const body = Buffer.allocUnsafeSlow(start + size + Buffer.byteLength(after))
  let at = body.write(before)
  for (let from = 0; from < picture.length; from += PIECE) at += body.write(picture.toString('base64', from, Math.min(from + PIECE, picture.length)), at, 'latin1')
  body.write(after, at)
  return body
}

const clients = new Map<string, OpenAI>()
const MOST_CLIENTS = 20

/** One client an endpoint, so that sockets are used again. */
function clientFor({ baseURL, key, timeoutMs }: Endpoint, mostBytes?: number): OpenAI {
  const place = JSON.stringify([baseURL, key, timeoutMs, mostBytes])
  const known = clients.get(place)
  if (known) return known
  // Retry has one owner, the run: the SDK's own retries are off. Organisation and project would be read from the environment.
  const client = new OpenAI({ baseURL, apiKey: key ?? 'none', organization: null, project: null, adminAPIKey: null, maxRetries: 0, timeout: timeoutMs, fetch: cappedFetch(mostBytes), logLevel: 'off' })
  if (clients.size >= MOST_CLIENTS) clients.clear()
  clients.set(place, client)
  return client
}

/** Runs one call under a deadline over headers and body, and says its failure in our words. */
export async function calling<T>(endpoint: Endpoint, signal: AbortSignal, call: (client: OpenAI, signal: AbortSignal) => Promise<T>, mostBytes?: number): Promise<T> {
  const either = new AbortController()
  const stop = () => either.abort()
  let timedOut = false
  const deadline = setTimeout(() => {
    timedOut = true
    stop()
  }, endpoint.timeoutMs)
  signal.addEventListener('abort', stop, { once: true })
  try {
    signal.throwIfAborted()
    return await call(clientFor(endpoint, mostBytes), either.signal)
  } catch (error) {
    const api = error instanceof OpenAI.APIError ? error : undefined
    throw faultOf({
      error,
      body: api?.error,
      status: api?.status,
      code: api?.code,
      type: api?.type,
      headers: api?.headers,
      where: new URL(endpoint.baseURL).origin,
      key: endpoint.key,
      timeoutMs: endpoint.timeoutMs,
      timedOut: timedOut || error instanceof OpenAI.APIConnectionTimeoutError,
      stopped: signal.aborted,
    })
  } finally {
    clearTimeout(deadline)
    signal.removeEventListener('abort', stop)
  }
}

/**
 * A captioner behind any OpenAI-compatible endpoint. `resolve` reads the endpoint afresh at every call, so that a changed
 * key or base URL counts at once. The picture goes only there.
 */
export function openaiCaptioner({ id, label, resolve }: { id: string; label: string; resolve: () => Promise<Endpoint> }): Captioner {
  /** the shape that endpoints and models took in the end which refused the usual one */
  const learnt = new Map<string, Shape>()
  return {
    id,
    label,
    async models() {
      const endpoint = { ...(await resolve()) }
      endpoint.timeoutMs = Math.min(endpoint.timeoutMs, MODELS_TIMEOUT)
      const page = await calling(endpoint, new AbortController().signal, (client, signal) => client.models.list({ signal }))
      return (page.data ?? []).map((model) => model.id).filter((name): name is string => typeof name === 'string').sort()
    },
    async prepare(request) {
      if (!request.media.byteLength) return request
      const { bytes, mime } = await sendable(request.media, request.params.longestSide ?? LONGEST_SIDE)
      return { ...request, media: bytes, mime }
    },
    async write(request, signal) {
      const endpoint = await resolve()
      const place = `${endpoint.baseURL} ${request.model}`
      const ask = async (shape: Shape) => {
        const body = await chatBytes(request, endpoint.baseURL, shape)
        return calling(endpoint, signal, async (client, either) => {
          const answer: unknown = await client.post('/chat/completions', { body, headers: JSON_BODY, signal: either })
          const within = errorWithin(answer)
          if (within) throw OpenAI.APIError.generate(within.status, { error: within.error }, undefined, new Headers())
          return draftOf(answer)
        })
      }
      let shape = learnt.get(place) ?? usualShape(endpoint.baseURL)
      for (let tries = 0; ; tries++) {
        try {
          const draft = await ask(shape)
          if (tries > 0) learnt.set(place, shape)
          return draft
        } catch (error) {
          const other = error instanceof Error ? otherShape(shape, Boolean(request.prompt.schema), error.message) : undefined
          if (!other) throw error
          shape = other
        }
      }
    },
  }
}
