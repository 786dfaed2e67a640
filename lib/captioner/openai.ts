import OpenAI from 'openai'
import { readHeader } from '@/lib/media/header'
import { reencode } from '@/lib/media/picture'
import { cappedFetch } from './capped-fetch'
import { tokenLimitField, type Endpoint } from './endpoint'
import { draftOf } from './openai-answer'
import { faultOf } from './openai-fault'
import type { Captioner, CaptionRequest } from './types'

const LONGEST_SIDE = 1024
const MOST_TOKENS = 1000
const MODELS_TIMEOUT = 15_000
/** Where EXIF or XMP begins, a place may be written down: such a file is never sent as it is. */
const METADATA = ['Exif\0', 'eXIf', 'http://ns.adobe.com/xap']
const METADATA_WITHIN = 65_536

type ChatBody = OpenAI.ChatCompletionCreateParamsNonStreaming

/** The picture as a data URI, no side longer than asked. A JPEG or PNG that is small enough and carries no metadata goes as it is. */
export async function dataUri(media: Uint8Array, longestSide: number): Promise<string> {
  const header = readHeader(media)
  const head = Buffer.from(media.buffer, media.byteOffset, Math.min(media.byteLength, METADATA_WITHIN))
  const ready = header?.whole && (header.mime === 'image/jpeg' || header.mime === 'image/png') && Math.max(header.width, header.height) <= longestSide && !METADATA.some((mark) => head.includes(mark, 0, 'latin1'))
  const sent = ready ? { bytes: media, mime: header.mime } : await reencode(media, { longestSide, format: 'jpeg' })
  return `data:${sent.mime};base64,${Buffer.from(sent.bytes.buffer, sent.bytes.byteOffset, sent.bytes.byteLength).toString('base64')}`
}

/** The exact body of a call; batches send the same. */
export async function chatBody({ media, prompt, model, params }: Pick<CaptionRequest, 'media' | 'prompt' | 'model' | 'params'>, baseURL: string, withSchema = true): Promise<ChatBody> {
  // A question about a text alone sends no picture.
  const picture = media.byteLength ? [{ type: 'image_url' as const, image_url: { url: await dataUri(media, params.longestSide ?? LONGEST_SIDE), ...(params.detail ? { detail: params.detail } : {}) } }] : []
  return {
    model,
    messages: [
      { role: 'system', content: prompt.system },
      { role: 'user', content: [{ type: 'text', text: prompt.user }, ...picture] },
    ],
    [tokenLimitField(baseURL)]: params.maxTokens ?? MOST_TOKENS,
    ...(params.temperature === undefined ? {} : { temperature: params.temperature }),
    ...(params.seed === undefined ? {} : { seed: params.seed }),
    ...(prompt.schema && withSchema ? { response_format: { type: 'json_schema', json_schema: { name: 'caption', strict: true, schema: { ...prompt.schema } } } } : {}),
  }
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
  const deadline = AbortSignal.timeout(endpoint.timeoutMs)
  try {
    signal.throwIfAborted()
    return await call(clientFor(endpoint, mostBytes), AbortSignal.any([signal, deadline]))
  } catch (error) {
    const api = error instanceof OpenAI.APIError ? error : undefined
    throw faultOf({
      error,
      status: api?.status,
      code: api?.code,
      type: api?.type,
      headers: api?.headers,
      where: new URL(endpoint.baseURL).origin,
      key: endpoint.key,
      timeoutMs: endpoint.timeoutMs,
      timedOut: deadline.aborted || error instanceof OpenAI.APIConnectionTimeoutError,
      stopped: signal.aborted,
    })
  }
}

/**
 * A captioner behind any OpenAI-compatible endpoint. `resolve` reads the endpoint afresh at every call, so that a changed
 * key or base URL counts at once. The picture goes only there.
 */
export function openaiCaptioner({ id, label, resolve }: { id: string; label: string; resolve: () => Promise<Endpoint> }): Captioner {
  /** endpoints and models that answered 400 to a JSON schema */
  const noSchema = new Set<string>()
  return {
    id,
    label,
    async models() {
      const endpoint = { ...(await resolve()) }
      endpoint.timeoutMs = Math.min(endpoint.timeoutMs, MODELS_TIMEOUT)
      const page = await calling(endpoint, new AbortController().signal, (client, signal) => client.models.list({ signal }))
      return (page.data ?? []).map((model) => model.id).filter((name): name is string => typeof name === 'string').sort()
    },
    async write(request, signal) {
      const endpoint = await resolve()
      const place = `${endpoint.baseURL} ${request.model}`
      const ask = async (withSchema: boolean) => {
        const body = await chatBody(request, endpoint.baseURL, withSchema)
        return calling(endpoint, signal, async (client, either) => draftOf(await client.chat.completions.create(body, { signal: either })))
      }
      const withSchema = Boolean(request.prompt.schema) && !noSchema.has(place)
      try {
        return await ask(withSchema)
      } catch (error) {
        if (!withSchema || !(error instanceof Error) || !/response_format|json_schema|schema|structured output/i.test(error.message)) throw error
        const draft = await ask(false)
        noSchema.add(place)
        return draft
      }
    },
  }
}
