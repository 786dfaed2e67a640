import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { answerFor, completion, type ChatBody } from './endpoint-answers'

/** What goes wrong with one call. */
export const FAULTS = [
  '429', '429-after', '429-date', '429-words', '429-details', 'quota', '400', '400-filter', '400-max-tokens', '401', '403', '403-flagged', '403-reasons', '403-account', '404', '500', '502', '503', 'reset', 'hang', 'half', 'trickle', 'bad-json', 'html', 'empty-object', 'empty-choices', 'empty-text', 'null', 'tool-call', 'nul', 'refusal', 'refusal-field', 'length', 'content_filter', 'filtered-empty', 'broken-off', 'broken-off-error', 'error-within', 'error-within-quota', 'error-within-words', 'huge', 'gzip-bomb', 'redirect',
] as const
export type Fault = (typeof FAULTS)[number]

export type FaultContext = { body: ChatBody; key: string; request: IncomingMessage; response: ServerResponse; elsewhere: string; hugeBytes: number }

export const sendJson = (response: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
}
const fail = (response: ServerResponse, status: number, message: string, code: string | null = null, headers: Record<string, string> = {}) => sendJson(response, status, { error: { message, type: code ?? 'error', code } }, headers)

function huge({ response, request, hugeBytes }: FaultContext): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write('{"choices":[{"message":{"content":"')
  const block = 'x'.repeat(1 << 20)
  let left = Math.ceil(hugeBytes / block.length)
  const more = () => {
    while (left-- > 0) {
      if (request.socket.destroyed) return
      if (!response.write(block)) return void response.once('drain', more)
    }
    response.end('"},"finish_reason":"stop"}]}')
  }
  more()
}

function trickle({ response, request }: FaultContext): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write('{"choices":[')
  const timer = setInterval(() => response.write(' '), 50)
  request.socket.once('close', () => clearInterval(timer))
}

const half = ({ body, response, request }: FaultContext) => {
  const text = JSON.stringify(completion(body, answerFor(body)))
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(text.length) })
  response.write(text.slice(0, text.length / 2), () => request.socket.destroy())
}

const acts: Readonly<Record<Fault, (context: FaultContext) => void>> = {
  '429': ({ response }) => fail(response, 429, 'Rate limit reached', 'rate_limit_exceeded'),
  '429-after': ({ response }) => fail(response, 429, 'Rate limit reached', 'rate_limit_exceeded', { 'retry-after': '1' }),
  '429-date': ({ response }) => fail(response, 429, 'Rate limit reached', 'rate_limit_exceeded', { 'retry-after': new Date(Date.now() + 2000).toUTCString() }),
  '429-words': ({ response }) => fail(response, 429, 'Rate limit reached for test-model on tokens per min. Please try again in 1m1.2s. Visit your account.', 'rate_limit_exceeded'),
  '429-details': ({ response }) => sendJson(response, 429, [{ error: { code: 429, message: 'You exceeded your current quota.', status: 'RESOURCE_EXHAUSTED', details: [{ '@type': 'type.googleapis.com/google.rpc.Help' }, { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '12s' }] } }]),
  quota: ({ response }) => fail(response, 429, 'You exceeded your current quota, please check your plan and billing details.', 'insufficient_quota'),
  '400': ({ response }) => fail(response, 400, 'Invalid image.', 'invalid_image'),
  '400-filter': ({ response }) => fail(response, 400, 'The request was rejected by the safety system.', 'content_policy_violation'),
  '400-max-tokens': ({ response }) => fail(response, 400, "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", 'unsupported_parameter'),
  '401': ({ response, key }) => fail(response, 401, `Incorrect API key provided: ${key}. Find your key in your account.`, 'invalid_api_key'),
  '403': ({ response }) => fail(response, 403, 'You do not have access to this project.'),
  '403-flagged': ({ response }) => sendJson(response, 403, { error: { code: 403, message: 'Your chosen model requires moderation and your input was flagged', metadata: { reasons: ['sexual'], flagged_input: '…' } } }),
  '403-reasons': ({ response }) => sendJson(response, 403, { error: { code: 403, message: 'Provider returned error', metadata: { raw: 'The image was rejected by the safety system.' } } }),
  '403-account': ({ response }) => fail(response, 403, 'Your account has been flagged for breaking the usage policies.'),
  '404': ({ response, body }) => fail(response, 404, `The model ${body.model ?? ''} does not exist`, 'model_not_found'),
  '500': ({ response }) => fail(response, 500, 'The server had an error'),
  '502': ({ response }) => response.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad gateway</html>'),
  '503': ({ response }) => fail(response, 503, 'Overloaded', null, { 'retry-after': '1' }),
  reset: ({ request }) => request.socket.resetAndDestroy(),
  hang: () => undefined,
  half,
  trickle,
  'bad-json': ({ response }) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"choices":[{"message":{"content":"a dog'),
  html: ({ response }) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>'),
  'empty-object': ({ response }) => sendJson(response, 200, {}),
  'empty-choices': ({ response, body }) => sendJson(response, 200, { ...completion(body, ''), choices: [] }),
  'empty-text': ({ response, body }) => sendJson(response, 200, completion(body, '  ')),
  null: ({ response, body }) => sendJson(response, 200, completion(body, null)),
  'tool-call': ({ response, body }) => sendJson(response, 200, completion(body, null, 'tool_calls', { tool_calls: [{ id: 'c', type: 'function', function: { name: 'look', arguments: '{}' } }] })),
  nul: ({ response, body }) => sendJson(response, 200, completion(body, 'a dog\u0000 on grass')),
  refusal: ({ response, body }) => sendJson(response, 200, completion(body, "I'm sorry, but I can't help with that image.")),
  'refusal-field': ({ response, body }) => sendJson(response, 200, completion(body, null, 'stop', { refusal: "I can't describe this." })),
  length: ({ response, body }) => sendJson(response, 200, completion(body, 'A red fox stands beside the', 'length')),
  content_filter: ({ response, body }) => sendJson(response, 200, completion(body, 'A red fox', 'content_filter')),
  'filtered-empty': ({ response, body }) => sendJson(response, 200, completion(body, null, 'content_filter')),
  'broken-off': ({ response, body }) => sendJson(response, 200, completion(body, 'A red fox stands beside a', 'error')),
  'broken-off-error': ({ response, body }) => sendJson(response, 200, { ...completion(body, ''), choices: [{ finish_reason: 'stop', error: { code: 502, message: 'Provider disconnected' }, message: { role: 'assistant', content: 'A red fox stands beside a' } }] }),
  'error-within': ({ response }) => sendJson(response, 200, { error: { code: 429, message: 'Rate limited upstream, try again in 2s' }, user_id: 'u' }),
  'error-within-quota': ({ response }) => sendJson(response, 200, { error: { code: 402, message: 'Insufficient credits' } }),
  'error-within-words': ({ response }) => sendJson(response, 200, { error: 'The model runner has stopped' }),
  huge,
  'gzip-bomb': ({ response, hugeBytes }) => response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(gzipSync(`{"choices":[{"message":{"content":"${'x'.repeat(Math.min(hugeBytes, 16 << 20))}"}}]}`)),
  redirect: ({ response, elsewhere }) => response.writeHead(307, { location: elsewhere }).end(),
}

export const misbehave = (fault: Fault, context: FaultContext): void => acts[fault](context)

export type Elsewhere = { url: string; hits: { bytes: number; authorization: string | undefined }[]; close(): void }

/** Another origin, to which a redirect leads: it counts what reaches it. Nothing may. */
export async function startElsewhere(): Promise<Elsewhere> {
  const hits: Elsewhere['hits'] = []
  const server = createServer((request, response) => {
    let bytes = 0
    request.on('data', (chunk: Buffer) => (bytes += chunk.length))
    request.on('end', () => {
      hits.push({ bytes, authorization: request.headers.authorization })
      sendJson(response, 200, completion({}, 'an answer from elsewhere'))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/chat/completions`,
    hits,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
