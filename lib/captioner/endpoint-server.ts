import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { answerFor, completion, type ChatBody } from './endpoint-answers'
import { batchRoutes, type BatchLimits } from './endpoint-batches'
import { misbehave, sendJson, startElsewhere, type Fault } from './endpoint-faults'

export type Call = {
  /** from 1, in order of arrival */
  n: number
  /** hash of the exact request body: the same request again has the same id */
  id: string
  /** how often this very request came before */
  before: number
  body: ChatBody
  fault: Fault | undefined
}
export type EndpointOptions = {
  port?: number
  host?: string
  /** answers after so many ms */
  latencyMs?: number
  /** what goes wrong with a call; undefined: nothing */
  schedule?: (call: Omit<Call, 'fault'>) => Fault | undefined
  /** when set, other keys get 401 */
  key?: string
  models?: readonly string[]
  /** size of the body of the fault `huge` */
  hugeBytes?: number
  /** keeps so many of the latest calls with their bodies */
  keep?: number
  /** endpoints that know no JSON schema answer 400 to it */
  noSchema?: boolean
  answer?: (body: ChatBody, call: Omit<Call, 'fault'>) => string
  batch?: BatchLimits
}
export type EndpointServer = {
  /** what goes into the base URL */
  baseURL: string
  /** the latest calls */
  calls: Call[]
  counts: { calls: number; inFlight: number; mostInFlight: number; answered: number }
  /** how often each request came, by its id */
  perRequest: ReadonlyMap<string, number>
  /** what reached the other origin to which redirects lead */
  elsewhere: { bytes: number; authorization: string | undefined }[]
  set(options: Pick<EndpointOptions, 'schedule' | 'latencyMs' | 'answer' | 'key' | 'noSchema'>): void
  close(): Promise<void>
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/**
 * An endpoint as OpenAI-compatible servers are, over real HTTP: models, chat completions with usage, files and batches.
 * It answers each request with a sentence of its own and goes wrong by a schedule. For tests, browser tests and trials
 * without a model; it looks at no picture.
 */
export async function startEndpoint(given: EndpointOptions = {}): Promise<EndpointServer> {
  const options = { latencyMs: 0, models: ['test-model', 'test-model-mini'], hugeBytes: 300 << 20, keep: 100, ...given }
  const elsewhere = await startElsewhere()
  const calls: Call[] = []
  const perRequest = new Map<string, number>()
  const counts = { calls: 0, inFlight: 0, mostInFlight: 0, answered: 0 }
  const answer = (body: ChatBody, call: Omit<Call, 'fault'>) => (options.answer ? options.answer(body, call) : answerFor(body))
  const batches = batchRoutes({ limits: options.batch, answer: (body) => completion(body, answer(body, { n: 0, id: '', before: 0, body })) })

  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const key = (request.headers.authorization ?? '').replace(/^Bearer /, '')
    const unknownKey = options.key !== undefined && key !== options.key
    try {
      const raw = await readBody(request)
      if (unknownKey) return sendJson(response, 401, { error: { message: `Incorrect API key provided: ${key}.`, code: 'invalid_api_key', type: 'invalid_request_error' } })
      if (request.method === 'GET' && path.endsWith('/models')) return sendJson(response, 200, { object: 'list', data: options.models.map((id) => ({ id, object: 'model', created: 1, owned_by: 'local' })) })
      if (!path.endsWith('/chat/completions')) {
        if (await batches(request, response, path, raw)) return
        return sendJson(response, 404, { error: { message: `No such address: ${path}`, code: null, type: 'invalid_request_error' } })
      }
      const id = createHash('sha256').update(raw).digest('hex').slice(0, 16)
      const body = JSON.parse(raw.toString('utf8')) as ChatBody
      const before = perRequest.get(id) ?? 0
      perRequest.set(id, before + 1)
      counts.calls++
      counts.mostInFlight = Math.max(counts.mostInFlight, ++counts.inFlight)
      response.once('close', () => counts.inFlight--)
      const call = { n: counts.calls, id, before, body }
      const fault = options.schedule?.(call)
      calls.push({ ...call, fault })
      if (calls.length > options.keep) calls.shift()
      if (options.latencyMs) await sleep(options.latencyMs)
      if (fault) return misbehave(fault, { body, key, request, response, elsewhere: elsewhere.url, hugeBytes: options.hugeBytes })
      if (options.noSchema && body.response_format) return sendJson(response, 400, { error: { message: "'response_format' is not supported by this server", code: null, type: 'invalid_request_error', param: 'response_format' } })
      counts.answered++
      sendJson(response, 200, completion(body, answer(body, call)))
    } catch {
      response.destroy()
    }
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve))
  return {
    baseURL: `http://${options.host ?? '127.0.0.1'}:${(server.address() as AddressInfo).port}/v1`,
    calls,
    counts,
    perRequest,
    elsewhere: elsewhere.hits,
    set: (changed) => void Object.assign(options, changed),
    close: () =>
      new Promise((resolve) => {
        elsewhere.close()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
