import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ChatBody } from './endpoint-answers'
import { sendJson } from './endpoint-faults'

export type BatchLimits = {
  /** requests in one file; the documented limit is 50,000 */
  requests?: number
  /** bytes of one file; the documented limit is 200 MB */
  bytes?: number
  /** how often a batch is asked about before it is done */
  polls?: number
  /** what becomes of a line: an answer, an error line, or nothing when the batch expired before it */
  outcome?: (customId: string, index: number) => 'answer' | 'error' | 'expired'
  /** why a batch of so many requests fails as a whole; undefined: it does not */
  fails?: (requests: number) => { code: string; message: string } | undefined
  /** the status with which a question about a batch fails; undefined: it is answered */
  pollFails?: () => number | undefined
  /** so many of its lines are answered when a batch is cancelled */
  answeredWhenCancelled?: number
}
type Line = { custom_id: string; method: string; url: string; body: ChatBody }
type Batch = { id: string; failed?: { code: string; message: string }; input: string; polls: number; cancelled: boolean; lines: Line[]; output?: string; errors?: string; expired: boolean; metadata: Record<string, string> | null }

/** The file's text out of a multipart body. */
function filePart(raw: Buffer, type: string): { text: string; purpose: string } {
  const boundary = /boundary=([^;]+)/.exec(type)?.[1]?.replace(/^"|"$/g, '') ?? ''
  const parts = raw.toString('utf8').split(`--${boundary}`)
  const bodyOf = (part: string | undefined) => part?.slice(part.indexOf('\r\n\r\n') + 4).replace(/\r\n$/, '') ?? ''
  return { text: bodyOf(parts.find((part) => /name="file"/.test(part))), purpose: bodyOf(parts.find((part) => /name="purpose"/.test(part))) }
}

/**
 * Files and batches as OpenAI documents them: a file of JSON lines with `custom_id`, `method`, `url`, `body`; a batch that
 * is validating, then in progress, then completed or expired; answers in a file in another order than the requests, failed
 * lines in an error file.
 */
export function batchRoutes({ limits = {}, answer }: { limits?: BatchLimits; answer: (body: ChatBody) => Record<string, unknown> }) {
  const { requests: most = 50_000, bytes: mostBytes = 200_000_000, outcome = () => 'answer' as const } = limits
  const files = new Map<string, string>()
  const batches = new Map<string, Batch>()
  let count = 0
  const refuse = (response: ServerResponse, message: string, status = 400) => sendJson(response, status, { error: { message, type: 'invalid_request_error', code: null } })
  const put = (text: string) => {
    const id = `file-${++count}`
    files.set(id, text)
    return id
  }
  const fileView = (id: string, purpose: string) => ({ id, object: 'file', bytes: Buffer.byteLength(files.get(id) ?? ''), created_at: 1, filename: 'requests.jsonl', purpose, status: 'processed' })

  function finish(batch: Batch): void {
    const answers: string[] = []
    const errors: string[] = []
    batch.lines.forEach((line, i) => {
      const became = batch.cancelled && i >= (limits.answeredWhenCancelled ?? 0) ? 'expired' : outcome(line.custom_id, i)
      const id = `batch_req_${i}`
      if (became === 'answer') answers.push(JSON.stringify({ id, custom_id: line.custom_id, response: { status_code: 200, request_id: id, body: answer(line.body) }, error: null }))
      else if (became === 'error') errors.push(JSON.stringify({ id, custom_id: line.custom_id, response: { status_code: 400, request_id: id, body: { error: { message: 'Invalid image.', code: 'invalid_image' } } }, error: null }))
      else errors.push(JSON.stringify({ id, custom_id: line.custom_id, response: null, error: { code: 'batch_expired', message: 'This request could not be executed before the completion window expired.' } }))
      if (became === 'expired') batch.expired = true
    })
    if (answers.length) batch.output = put(`${answers.reverse().join('\n')}\n`)
    if (errors.length) batch.errors = put(`${errors.join('\n')}\n`)
  }

  const shown = ({ id, input, metadata }: Batch, status: string) => ({ id, object: 'batch', endpoint: '/v1/chat/completions', input_file_id: input, completion_window: '24h', status, output_file_id: null, error_file_id: null, created_at: 1, metadata })

  function view(batch: Batch) {
    if (batch.failed) return { ...shown(batch, 'failed'), errors: { object: 'list', data: [batch.failed] } }
    const done = batch.polls >= (limits.polls ?? 2) || batch.cancelled
    if (done && !batch.output && !batch.errors) finish(batch)
    const status = !done ? (batch.polls === 0 ? 'validating' : 'in_progress') : batch.cancelled ? 'cancelled' : batch.expired ? 'expired' : 'completed'
    return { ...shown(batch, status), output_file_id: done ? (batch.output ?? null) : null, error_file_id: done ? (batch.errors ?? null) : null, request_counts: { total: batch.lines.length, completed: done ? batch.lines.length : 0, failed: 0 } }
  }

  return async (request: IncomingMessage, response: ServerResponse, path: string, raw: Buffer): Promise<boolean> => {
    const [, what, id, act] = /\/(files|batches)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(path) ?? []
    if (what === 'files' && request.method === 'POST') {
      const { text, purpose } = filePart(raw, request.headers['content-type'] ?? '')
      if (purpose !== 'batch') refuse(response, 'Unknown purpose.')
      else if (Buffer.byteLength(text) > mostBytes) refuse(response, 'The file is too large.')
      else sendJson(response, 200, fileView(put(text), purpose))
    } else if (what === 'files' && id && act === 'content') {
      const text = files.get(id)
      if (text === undefined) refuse(response, `No such file: ${id}`, 404)
      else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(text)
    } else if (what === 'batches' && request.method === 'POST' && !id) {
      const asked = JSON.parse(raw.toString('utf8')) as { input_file_id: string; endpoint: string; completion_window: string; metadata?: Record<string, string> }
      const lines = (files.get(asked.input_file_id) ?? '').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Line)
      if (!lines.length || asked.endpoint !== '/v1/chat/completions' || asked.completion_window !== '24h') refuse(response, 'Invalid batch.')
      else if (lines.length > most) refuse(response, `A batch holds at most ${most} requests.`)
      else if (new Set(lines.map((line) => line.custom_id)).size !== lines.length) refuse(response, 'Duplicate custom_id.')
      else {
        const batch: Batch = { id: `batch_${++count}`, input: asked.input_file_id, polls: 0, cancelled: false, lines, expired: false, failed: limits.fails?.(lines.length), metadata: asked.metadata ?? null }
        batches.set(batch.id, batch)
        sendJson(response, 200, view(batch))
      }
    } else if (what === 'batches' && !id) {
      sendJson(response, 200, { object: 'list', data: [...batches.values()].map(view), has_more: false, first_id: null, last_id: null })
    } else if (what === 'batches' && id) {
      const batch = batches.get(id)
      const fault = request.method === 'GET' ? limits.pollFails?.() : undefined
      if (!batch) refuse(response, `No such batch: ${id}`, 404)
      else if (fault) refuse(response, 'Overloaded', fault)
      else {
        if (act === 'cancel') batch.cancelled = true
        else batch.polls++
        sendJson(response, 200, view(batch))
      }
    } else return false
    return true
  }
}
