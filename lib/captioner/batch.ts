import { openAsBlob } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { env } from '@/lib/env'
import { isAppError } from '@/lib/errors'
import { redact } from '@/lib/log'
import { batchAnswer, type BatchAnswer } from './batch-answer'
import { idsOf, LIMITS, packRequests, removeIds, type BatchRequest } from './batch-file'
import { addBatch, batchesOf, noteBatch, noteCollected, type RemoteBatchRow } from './batch-store'
import type { Endpoint } from './endpoint'
import { calling } from './openai'

const FINAL = ['completed', 'failed', 'expired', 'cancelled']
/** What a batch is noted as that an endpoint refused because too much waits there already. */
const TOO_MUCH = 'token_limit_exceeded'
/** Uploading and fetching a file takes longer than a call. */
const FILE_TIMEOUT = 30 * 60_000
const MOST_OUTPUT_BYTES = 2 * 1024 ** 3

export type BatchContext = { runId: number; captioner: string; endpoint: Endpoint; signal: AbortSignal }
export type BatchProgress = { batches: number; open: number; requests: number; collected: number }
/** Keeps an answer, which may come again. What it gives is done once, when the whole batch is collected. */
export type Take = (answer: BatchAnswer) => (() => void) | undefined

const files = (endpoint: Endpoint): Endpoint => ({ ...endpoint, timeoutMs: FILE_TIMEOUT })

/** The batch that carries this token, if one was made. */
const known = (token: string, { endpoint, signal }: BatchContext) =>
  calling(endpoint, signal, async (client, either) => {
    for await (const batch of client.batches.list({ limit: 100 }, { signal: either })) if (batch.metadata?.token === token) return batch
    return undefined
  })

/** Hands one packed file over, from wherever an earlier attempt got to. The batch carries our token: one that was made and not noted is found again and not made twice. */
async function submit(row: RemoteBatchRow, context: BatchContext): Promise<RemoteBatchRow> {
  const { endpoint, signal } = context
  let now = row
  if (!now.inputFile) {
    const blob = await openAsBlob(now.file)
    const uploaded = await calling(files(endpoint), signal, (client, either) => client.files.create({ file: new File([blob], `${row.token}.jsonl`), purpose: 'batch' }, { signal: either }))
    now = await noteBatch(now.id, { inputFile: uploaded.id, status: 'uploaded' })
  }
  if (!now.batch) {
    const inputFile = now.inputFile ?? ''
    const made = () => calling(endpoint, signal, (client, either) => client.batches.create({ input_file_id: inputFile, endpoint: '/v1/chat/completions', completion_window: '24h', metadata: { token: row.token } }, { signal: either }))
    const batch = (await known(row.token, context)) ?? (await made())
    now = await noteBatch(now.id, { batch: batch.id, status: batch.status })
    await rm(now.file, { force: true })
  }
  return now
}

/** The custom ids that stand in open batches of a run: what need not be asked for again after a kill. */
export async function* openIds(runId: number): AsyncGenerator<string> {
  for (const row of await batchesOf(runId)) if (!row.collected) yield* await idsOf(row.file)
}

/**
 * Packs requests into files within the limits and submits them. May be called again after a kill: files that were packed
 * are submitted, none twice. The caller gives only requests that are not among `openIds` of this run.
 */
export async function submitBatches(requests: AsyncIterable<BatchRequest> | Iterable<BatchRequest>, context: BatchContext, limits = LIMITS): Promise<BatchProgress> {
  for (const row of await batchesOf(context.runId)) if (!row.batch && !row.collected) await submit(row, context)
  for await (const packed of packRequests(requests, { folder: path.join(env.home, 'batches'), baseURL: context.endpoint.baseURL, limits })) await submit(await addBatch(context.runId, context.captioner, packed), context)
  return progressOf(context.runId)
}

async function* linesOf(file: string, { endpoint, signal }: BatchContext): AsyncGenerator<string> {
  // The body is read after the call has returned, and has to end with the signal too.
  const whole = AbortSignal.any([signal, AbortSignal.timeout(FILE_TIMEOUT)])
  const response = await calling(files(endpoint), signal, (client) => client.files.content(file, { signal: whole }), MOST_OUTPUT_BYTES)
  if (response.body) yield* createInterface({ input: Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), crlfDelay: Infinity })
}

/** Gives the answers of a batch that ended, by `customId`, in no order; how many there were, and what is to be done once. */
async function takeAll(outputs: readonly (string | null | undefined)[], context: BatchContext, take: Take): Promise<{ lines: number; once: (() => void)[] }> {
  const once: (() => void)[] = []
  let lines = 0
  for (const file of outputs) {
    if (!file) continue
    for await (const line of linesOf(file, context)) {
      const answer = line.trim() ? batchAnswer(line) : undefined
      if (!answer) continue
      lines++
      const later = take(answer)
      if (later) once.push(later)
    }
  }
  return { lines, once }
}

/**
 * Asks once after every open batch and gives the answers of those that ended; partial results of an expired or cancelled
 * batch are given too. A batch is marked as collected only after its last line. Call it again until `open` is 0. `empty`
 * says why a batch ended without a single answer, where handing less over at a time would not help.
 */
export async function collectBatches(context: BatchContext, take: Take): Promise<BatchProgress & { empty?: string }> {
  let empty: string | undefined
  for (const row of await batchesOf(context.runId)) {
    if (row.collected || !row.batch) continue
    const id = row.batch
    const batch = await calling(context.endpoint, context.signal, (client, signal) => client.batches.retrieve(id, { signal }))
    if (!FINAL.includes(batch.status)) {
      if (batch.status !== row.status) await noteBatch(row.id, { status: batch.status })
      continue
    }
    const { lines, once } = await takeAll([batch.output_file_id, batch.error_file_id], context, take)
    const { code, message } = batch.errors?.data?.[0] ?? {}
    const tooMuch = lines === 0 && /token_limit|enqueued token/i.test(`${code} ${message}`)
    await noteCollected(row.id, tooMuch ? TOO_MUCH : batch.status)
    await removeIds(row.file)
    for (const act of once) act()
    if (lines > 0 || (tooMuch && row.requests > 1)) continue
    const said = redact(message ?? code ?? 'no reason was given').slice(0, 300)
    const mend = tooMuch ? 'Resume the run later, when other batches have ended there, or choose a smaller longest side.' : 'Mend the cause, then resume the run: its requests are handed over again.'
    empty ??= `${new URL(context.endpoint.baseURL).origin} ended a batch of ${row.requests} requests as “${batch.status}”, without an answer: ${said.replace(/[.\s]*$/, '.')} ${mend}`
  }
  return { ...(await progressOf(context.runId)), empty }
}

/** Asks the endpoint to stop; what is finished by then is still collected. What was packed and never became a batch is dropped. */
export async function cancelBatches(context: BatchContext): Promise<void> {
  for (const row of await batchesOf(context.runId)) {
    if (row.collected || row.status === 'cancelling' || FINAL.includes(row.status)) continue
    const id = row.batch ?? (row.inputFile ? (await known(row.token, context))?.id : undefined)
    if (!id) {
      await Promise.all([rm(row.file, { force: true }), removeIds(row.file)])
      await noteCollected(row.id, 'cancelled')
      continue
    }
    if (!row.batch) await noteBatch(row.id, { batch: id })
    try {
      const { status } = await calling(context.endpoint, context.signal, (client, signal) => client.batches.cancel(id, { signal }))
      await noteBatch(row.id, { status })
    } catch (error) {
      // It may have ended meanwhile: the next look tells.
      if (!isAppError(error) || ![400, 409].includes(Number(error.detail?.status))) throw error
    }
  }
}

/**
 * How many requests may be open at a time, by what became of batches so far, oldest first: half of one that was too much
 * for the endpoint, and twice of one that went through after it.
 */
export const roomAfter = (rows: readonly Pick<RemoteBatchRow, 'status' | 'requests'>[]): number =>
  rows.reduce((room, { status, requests }) => (status === TOO_MUCH ? Math.max(1, Math.floor(requests / 2)) : status === 'completed' && Number.isFinite(room) ? Math.max(room, requests * 2) : room), Infinity)

export async function progressOf(runId: number): Promise<BatchProgress> {
  const rows = await batchesOf(runId)
  const sum = (some: RemoteBatchRow[]) => some.reduce((total, row) => total + row.requests, 0)
  return { batches: rows.length, open: rows.filter((row) => !row.collected).length, requests: sum(rows), collected: sum(rows.filter((row) => row.collected)) }
}
