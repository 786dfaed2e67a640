import { openAsBlob } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { env } from '@/lib/env'
import { batchAnswer, type BatchAnswer } from './batch-answer'
import { idsOf, LIMITS, packRequests, removeIds, type BatchRequest } from './batch-file'
import { addBatch, batchesOf, noteBatch, noteCollected, type RemoteBatchRow } from './batch-store'
import type { Endpoint } from './endpoint'
import { calling } from './openai'

const FINAL = ['completed', 'failed', 'expired', 'cancelled']
/** Uploading and fetching a file takes longer than a call. */
const FILE_TIMEOUT = 30 * 60_000
const MOST_OUTPUT_BYTES = 2 * 1024 ** 3

export type BatchContext = { runId: number; captioner: string; endpoint: Endpoint; signal: AbortSignal }
export type BatchProgress = { batches: number; open: number; requests: number; collected: number }

const files = (endpoint: Endpoint): Endpoint => ({ ...endpoint, timeoutMs: FILE_TIMEOUT })

/** Hands one packed file over, from wherever an earlier attempt got to. The batch carries our token: one that was made and not noted is found again and not made twice. */
async function submit(row: RemoteBatchRow, { endpoint, signal }: BatchContext): Promise<RemoteBatchRow> {
  let now = row
  if (!now.inputFile) {
    const blob = await openAsBlob(now.file)
    const uploaded = await calling(files(endpoint), signal, (client, either) => client.files.create({ file: new File([blob], `${row.token}.jsonl`), purpose: 'batch' }, { signal: either }))
    now = await noteBatch(now.id, { inputFile: uploaded.id, status: 'uploaded' })
  }
  if (!now.batch) {
    const inputFile = now.inputFile ?? ''
    const batch = await calling(endpoint, signal, async (client, either) => {
      for await (const known of client.batches.list({ limit: 100 }, { signal: either })) if (known.metadata?.token === row.token) return known
      return client.batches.create({ input_file_id: inputFile, endpoint: '/v1/chat/completions', completion_window: '24h', metadata: { token: row.token } }, { signal: either })
    })
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

/**
 * Asks once after every open batch and gives the answers of those that ended, by `customId`, in no order; partial results
 * of an expired or cancelled batch are given too. `take` keeps an answer and may see it twice: a batch is marked as
 * collected only after its last line. Call it again until `open` is 0.
 */
export async function collectBatches(context: BatchContext, take: (answer: BatchAnswer) => Promise<void> | void): Promise<BatchProgress> {
  for (const row of await batchesOf(context.runId)) {
    if (row.collected || !row.batch) continue
    const id = row.batch
    const batch = await calling(context.endpoint, context.signal, (client, signal) => client.batches.retrieve(id, { signal }))
    if (!FINAL.includes(batch.status)) {
      if (batch.status !== row.status) await noteBatch(row.id, { status: batch.status })
      continue
    }
    for (const file of [batch.output_file_id, batch.error_file_id]) {
      if (!file) continue
      for await (const line of linesOf(file, context)) {
        const answer = line.trim() ? batchAnswer(line) : undefined
        if (answer) await take(answer)
      }
    }
    await noteCollected(row.id, batch.status)
    await removeIds(row.file)
  }
  return progressOf(context.runId)
}

/** Asks the endpoint to stop; what is finished by then is still collected. */
export async function cancelBatches(context: BatchContext): Promise<void> {
  for (const row of await batchesOf(context.runId)) {
    const id = row.batch
    if (id && !row.collected && !FINAL.includes(row.status)) await calling(context.endpoint, context.signal, (client, signal) => client.batches.cancel(id, { signal }))
  }
}

export async function progressOf(runId: number): Promise<BatchProgress> {
  const rows = await batchesOf(runId)
  const sum = (some: RemoteBatchRow[]) => some.reduce((total, row) => total + row.requests, 0)
  return { batches: rows.length, open: rows.filter((row) => !row.collected).length, requests: sum(rows), collected: sum(rows.filter((row) => row.collected)) }
}
