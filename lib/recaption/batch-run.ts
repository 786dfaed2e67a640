import { setTimeout as sleep } from 'node:timers/promises'
import { indexText } from '@/lib/caption/store'
import { collectBatches, openIds, roomAfter, submitBatches, type BatchContext, type Take } from '@/lib/captioner/batch'
import type { BatchRequest } from '@/lib/captioner/batch-file'
import { batchesOf } from '@/lib/captioner/batch-store'
import { endpointOf } from '@/lib/captioner/store'
import { isAppError, messageOf, type AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { mediaById, original } from '@/lib/media/store'
import { addSpent, keepAnswer, money } from './answer-store'
import { answerOf, BATCH_SHARE, fromStored, type Asking } from './ask'
import { closeBatches } from './batch-close'
import { settleTrials } from './better'
import { failureOf } from './failure'
import { inputsOf, type SampleInput } from './input-store'
import { claimItems, completeItem, failItem, freeItems, itemsLeft, renewItems, returnItem, type Item } from './item-store'
import { voiceOf } from './limiter'
import { patience } from './patience'
import { askingOf, inputOptions } from './resolve'
import type { RunRow, RunStatus } from './schema'
import { failRun, finishRun, pauseRun, runStatus } from './store'
import { giveBatchTurn, renewBatchTurn, takeBatchTurn } from './turn-store'

/** How often a batch is asked about; it may take a day. */
const POLL_MS = 30_000
const TICK_MS = 4000
const CHUNK = 50
/** Under a budget the first batch is so small that what follows is known before it is paid. */
const PROBE = 20

type Options = { signal: AbortSignal; owner: string; pollMs?: number }

/**
 * Works on a run by the endpoint's batches: what is not answered yet is handed over, answers are stored by the hash of
 * their question as they come, and stored answers become captions. A kill at any moment loses nothing: questions in open
 * batches are not asked again, and collecting twice changes nothing. One worker at a time; the others leave again. Of a run
 * that was ended, open batches are cancelled and what they finished is collected.
 */
export async function executeBatchRun(run: RunRow, options: Options): Promise<RunStatus> {
  const { signal } = options
  if (!takeBatchTurn(run.id)) {
    await sleep(Math.min(5000, options.pollMs ?? POLL_MS), undefined, { signal })
    return runStatus(run.id) ?? 'cancelled'
  }
  const held = new Set<number>()
  const timer = setInterval(() => {
    try {
      renewBatchTurn(run.id)
      renewItems([...held], options.owner)
    } catch (error) {
      log.error({ run: run.id, error: messageOf(error) }, 'the turn of a batch could not be renewed')
    }
  }, TICK_MS)
  let restMs = 0
  try {
    await rounds(run, held, options).catch((error: unknown) => {
      if (signal.aborted || !isAppError(error)) throw error
      if (error.code === 'refused' || error.code === 'unavailable') pauseRun(run.id, error.message)
      else failRun(run.id, error.message)
    })
    restMs = await closeBatches(run, { signal, pollMs: options.pollMs ?? POLL_MS, take: taking(run, new Map()) })
  } finally {
    clearInterval(timer)
    giveBatchTurn(run.id, restMs)
    while (indexText() > 0) await new Promise(setImmediate)
  }
  signal.throwIfAborted()
  return runStatus(run.id) ?? 'cancelled'
}

/** Keeps answers as they come, and counts what was paid for those that are no caption. */
function taking({ id, extras }: RunRow, missed: Map<string, AppError>): Take {
  const price = extras.price && { input: extras.price.input * BATCH_SHARE, output: extras.price.output * BATCH_SHARE }
  return (answer) => {
    if (!('draft' in answer))
      return () => {
        missed.set(answer.customId, answer.error)
        addSpent(id, answerOf({ text: '', finish: 'stop', usage: failureOf(answer.error).usage }, price).cost)
      }
    keepAnswer(answer.customId, answerOf(answer.draft, price), id, null, 'once')
    return undefined
  }
}

async function rounds(run: RunRow, held: Set<number>, { signal, owner, pollMs = POLL_MS }: Options): Promise<void> {
  if (runStatus(run.id) !== 'running') return
  const { limiter } = voiceOf(run.captioner, run.extras.concurrency)
  const asking = await askingOf(run, limiter)
  const missed = new Map<string, AppError>()
  const take = taking(run, missed)
  const faults = patience(pollMs)
  /** One time round; true when the run is over or held. */
  const goRound = async (): Promise<boolean> => {
    const context: BatchContext = { runId: run.id, captioner: run.captioner, endpoint: await endpointOf(run.captioner), signal }
    freeItems(run.id, run.extras.attempts)
    const open = new Set<string>()
    for await (const id of openIds(run.id)) open.add(id)
    const room = roomAfter(await batchesOf(run.id)) - open.size
    const round = { asking, open, missed, held, owner, most: Math.min(room, allowance(run.id, open.size)), waitMs: pollMs, over: false }
    await submitBatches(asked(run, round), context)
    const { open: left, empty } = await collectBatches(context, take)
    if (empty) return pauseRun(run.id, empty)
    if (left > 0 || open.size > 0) return false
    if (round.over) return pauseRun(run.id, `The budget of ${money(run.id).budget} is used up. Resume with a higher one.`)
    const { nextInMs, running } = itemsLeft(run.id)
    if (nextInMs !== null || running > 0) return false
    await settleTrials(run, signal)
    return finishRun(run.id)
  }
  while (!signal.aborted && runStatus(run.id) === 'running') {
    let waitMs = pollMs
    try {
      if (await goRound()) return
      faults.well()
    } catch (error) {
      if (signal.aborted) throw error
      waitMs = faults.after(error, (await batchesOf(run.id)).some((row) => row.batch && !row.collected))
      log.warn({ run: run.id, error: messageOf(error), waitMs }, 'the batches are looked at again later')
    }
    await sleep(waitMs, undefined, { signal })
  }
}

/** How many questions more may be handed over without the risk of spending more than the budget. */
function allowance(runId: number, open: number): number {
  const { budget, spent, meanCost } = money(runId)
  if (budget === null) return Infinity
  if (spent >= budget) return 0
  return meanCost > 0 ? Math.max(0, Math.floor((budget - spent) / meanCost) - open) : Math.max(0, PROBE - open)
}

type Round = { asking: Asking; /** questions in batches under way, by hash */ open: Set<string>; missed: Map<string, AppError>; held: Set<number>; owner: string; most: number; waitMs: number; /** something is left that the budget does not allow */ over: boolean }

/** Goes once over all items that are due: turns stored answers into captions, and gives the questions that are to be asked. */
async function* asked(run: RunRow, round: Round): AsyncGenerator<BatchRequest> {
  const options = inputOptions(run, round.asking.recipe)
  const seen = new Set<number>()
  while (runStatus(run.id) === 'running') {
    const items = claimItems(run.id, round.owner, CHUNK)
    for (const item of items) round.held.add(item.id)
    try {
      const inputs = inputsOf(items.map((item) => item.sampleId), options)
      for (const item of items) {
        const request = seen.has(item.id) ? void returnItem(item, run.id, round.owner, round.waitMs) : await settle(run, item, inputs.get(item.sampleId), round)
        round.held.delete(item.id)
        if (!request || round.open.has(request.customId)) continue
        if (round.most-- <= 0) round.over = true
        else {
          round.open.add(request.customId)
          yield request
        }
      }
      if (items.length === 0 || items.some((item) => seen.has(item.id))) return
      for (const item of items) seen.add(item.id)
    } finally {
      for (const item of items) if (round.held.delete(item.id)) returnItem(item, run.id, round.owner)
    }
  }
}

/** Ends an item whose answer is there or can never come; else gives its question, and the item waits. */
async function settle(run: RunRow, item: Item, sample: SampleInput | undefined, { asking, missed, owner, waitMs }: Round): Promise<BatchRequest | undefined> {
  const fail = (code: string, error: string, final: boolean): undefined => {
    failItem({ item, runId: run.id, owner, code, error, final, waitMs: 0 })
    return undefined
  }
  if (!sample) return fail('gone', 'The sample is no longer there.', true)
  if (sample.mediaId === null) return fail('missing', 'The sample has no picture.', true)
  if (asking.keepsKind && !sample.old) return fail('no-caption', 'There is no caption left to mend: a person wrote one, or it was mended meanwhile.', true)
  let picture: Awaited<ReturnType<typeof original>>
  try {
    picture = await original(mediaById(sample.mediaId))
  } catch (error) {
    return fail('picture', messageOf(error), true)
  }
  const known = fromStored(asking, sample, picture)
  if (known.is === 'caption') {
    completeItem({ ...known, item, run, owner, onTrial: run.extras.keepIfBetter !== undefined })
    return undefined
  }
  if (known.n > run.extras.attempts) return fail('not-accepted', `No answer was accepted in ${run.extras.attempts} attempts. ${known.why}`, true)
  const error = missed.get(known.hash)
  if (error) {
    missed.delete(known.hash)
    const { code, message, final } = failureOf(error)
    return fail(code, message, final || item.attempts >= run.extras.attempts)
  }
  returnItem(item, run.id, owner, waitMs)
  return { customId: known.hash, request: known.request }
}
