import { setImmediate as breathe } from 'node:timers/promises'
import { addToBatch, applySome, batchById, closeBatch, failBatch, openBatch, turnBatch, unfinished, type BatchView } from './batch-store'
import { durable } from './durable-store'
import type { NewVerdict } from './log-store'
import type { Actor } from './schema'

/** Verdicts a transaction: a chunk stays well below 50 ms on two slow cores. */
export const CHUNK = 400

export type BatchGiven = { datasetId: number; act: string; spec: object }
/** Makes the verdicts of one chunk, inside the chunk's transaction. */
export type Chunk = () => readonly NewVerdict[]

/**
 * A bulk step, all or nothing: the chunks are written under an open batch, the batch is closed in one statement, then the
 * standings follow. Killed before the close, nothing happened; killed after it, `recoverBatches` goes on.
 */
export async function runBatch(actor: Actor, given: BatchGiven, chunks: Iterable<Chunk>, signal?: AbortSignal): Promise<BatchView> {
  const id = await openBatch(actor, given)
  try {
    let count = 0
    for (const chunk of chunks) {
      signal?.throwIfAborted()
      count += await addToBatch(id, chunk)
      await breathe()
    }
    await closeBatch(id, count)
  } catch (error) {
    await failBatch(id)
    throw error
  }
  await applyBatch(id)
  return batchById(id)
}

/** Lets all standings follow a closed batch. Safe to call twice, from two processes, and again after a crash. */
export async function applyBatch(id: number): Promise<void> {
  while (await applySome(id, CHUNK)) await breathe()
}

/** At start: gives up bulk steps that a dead process left open, and finishes those that were closed. Returns how many were finished. */
export async function recoverBatches(): Promise<number> {
  const ids = await unfinished()
  for (const id of ids) await applyBatch(id)
  return ids.length
}

async function turnWhole(actor: Actor, id: number, on: boolean): Promise<BatchView> {
  const turned = await durable(() => turnBatch(actor, id, on))
  await applyBatch(turned.id)
  return batchById(id)
}

/** Takes a whole bulk step back. */
export const undoBatch = (actor: Actor, id: number): Promise<BatchView> => turnWhole(actor, id, false)
/** Puts a bulk step that was taken back in force again. */
export const redoBatch = (actor: Actor, id: number): Promise<BatchView> => turnWhole(actor, id, true)
