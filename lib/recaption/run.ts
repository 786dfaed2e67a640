import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { indexText } from '@/lib/caption/store'
import { isAppError, messageOf } from '@/lib/errors'
import { log } from '@/lib/log'
import { ask, type Asked, type Question } from './ask'
import { executeBatchRun } from './batch-run'
import { dearest, money } from './answer-store'
import { settleTrials } from './better'
import { backOff, failureOf } from './failure'
import { inputsOf, type SampleInput } from './input-store'
import { claimItems, completeItem, failItem, forgiveItems, freeItems, itemsLeft, renewItems, returnItem, type Item } from './item-store'
import { Stopped, voiceOf } from './limiter'
import { pose } from './pose'
import { Purse } from './purse'
import { askingOf, inputOptions, type Voices } from './resolve'
import type { RunRow, RunStatus } from './schema'
import { fillChunk } from './select-store'
import { failRun, findRun, finishRun, pauseRun, runById, runStatus } from './store'
import { endedWithBatches } from './turn-store'

const TICK_MS = 4000
const LOOK_MS = 400
/** Calls under way may end by themselves for this long once the worker is told to stop. */
const DRAIN_MS = 6000

/** Claims a little more than may be called at a time: pictures are made ready while others wait for their answer. */
const ahead = (limit: number) => limit + Math.ceil(limit / 4)

/** Pictures and answers live as long as a call. In a young generation that grows with them a hundred megabytes of their garbage would stay. */
const stayYoung = () => setFlagsFromString('--semi-space-growth-factor=1')

async function fill(run: RunRow, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && fillChunk(run)) await new Promise(setImmediate)
}

/**
 * Works on a run until nothing is left, it is held, or `signal` is aborted (then it throws, and what was under way is
 * given back). Any number of workers may do so at once: every step is a row. `voices` stand in for the registries.
 */
export async function executeRun(runId: number, { signal, owner, voices }: { signal: AbortSignal; owner: string; voices?: Voices }): Promise<RunStatus> {
  const found = findRun(runId)
  if (found?.status === 'cancelled') await settleCancelled(found, signal)
  if (found?.extras.batch && endedWithBatches(runId)) return executeBatchRun(found, { signal, owner })
  if (!found || !['pending', 'running'].includes(found.status)) return found?.status ?? 'cancelled'
  stayYoung()
  await fill(found, signal)
  const run = runById(runId)
  if (run.extras.batch) return executeBatchRun(run, { signal, owner })
  const work = await begin(run, { signal, owner, voices })
  if (work) {
    const timer = setInterval(() => work.tick(), TICK_MS)
    try {
      work.tick()
      await work.go()
    } finally {
      clearInterval(timer)
      while (indexText() > 0) await new Promise(setImmediate)
    }
  }
  signal.throwIfAborted()
  const status = runStatus(runId)
  if (status === 'cancelled') await settleCancelled(runById(runId), signal)
  return status ?? 'cancelled'
}

/** What a cancelled run wrote stays: captions on trial, too, are kept or not by what they are. */
async function settleCancelled(run: RunRow, signal: AbortSignal): Promise<void> {
  if (!run.rolledBack) await settleTrials(run, signal)
}

async function begin(run: RunRow, options: { signal: AbortSignal; owner: string; voices?: Voices }) {
  try {
    return await runner(run, options)
  } catch (error) {
    if (!isAppError(error)) throw error
    failRun(run.id, messageOf(error))
    return undefined
  }
}

async function runner(run: RunRow, { signal, owner, voices }: { signal: AbortSignal; owner: string; voices?: Voices }) {
  const { limiter, breaker } = voiceOf(run.captioner, run.extras.concurrency)
  const asking = await askingOf(run, limiter, voices)
  const options = inputOptions(run, asking.recipe)
  const allowed = run.extras.attempts
  const flights = new Map<number, Promise<void>>()
  /** when a sample was last left without an answer */
  const unanswered = new Map<number, number>()
  const calls = new AbortController()
  let wake = () => {}

  const goesOn = () => {
    if (signal.aborted || runStatus(run.id) !== 'running') throw new Stopped()
  }
  const purse = new Purse(dearest(run.id))
  /** Calls that the budget leaves room for beside those of other workers; one by itself until it is known what one costs. */
  const affordable = () => (asking.price ? purse.calls(money(run.id), flights.size) : Infinity)
  /** Right before a call: the run may have been held, or the call could break the cap. */
  const before = () => {
    goesOn()
    if (!asking.price) return
    const now = money(run.id)
    const said = purse.ask(now, flights.size)
    if (said === 'later') throw new Stopped(LOOK_MS)
    if (said === 'go') return
    pauseRun(run.id, `The budget of ${now.budget} is used up: ${now.spent.toFixed(4)} is spent, and one more call may cost ${purse.dearest.toFixed(4)}. Resume with a higher one.`)
    throw new Stopped()
  }

  const missed = (item: Item, error: unknown, startedAt: number) => {
    if (error instanceof Stopped || calls.signal.aborted) return void returnItem(item, run.id, owner, error instanceof Stopped ? error.waitMs : 0)
    const failure = failureOf(error)
    const base = { item, runId: run.id, owner, code: failure.code, error: failure.message }
    if (failure.holds) {
      returnItem(item, run.id, owner)
      pauseRun(run.id, failure.message)
      return
    }
    const last = item.attempts >= allowed
    // Too many calls, or nobody there, are not the sample's fault and do not count; pauses grow until the breaker opens. A
    // sample that fails again although other calls went well meanwhile fails by itself; so does one for which nothing does.
    const lastTime = unanswered.get(item.id)
    unanswered.set(item.id, Date.now())
    if (failure.tooMany || (failure.away && !limiter.long && !(lastTime !== undefined && limiter.wellSince(lastTime)))) returnItem(item, run.id, owner, failure.waitMs ?? backOff(1))
    else failItem({ ...base, error: last && !failure.final ? `Given up after ${item.attempts} attempts. ${failure.message}` : failure.message, final: failure.final || last, waitMs: failure.waitMs ?? backOff(item.attempts) })
    if (failure.ofSample || (failure.tooMany && limiter.limit > 1)) return
    const alike = breaker.failed({ code: failure.code, item: item.id, startedAt, now: Date.now() })
    if (!alike) return
    pauseRun(run.id, `The last ${breaker.size} calls to ${run.captioner} failed alike: ${failure.message} Mend the cause, then resume.`)
    forgiveItems(run.id, alike)
  }

  const settle = (item: Item, asked: Asked) => {
    if (!asked.cached) {
      purse.paid(asked.used.cost)
      limiter.well()
      breaker.well()
    }
    if (asked.is === 'caption') return void completeItem({ ...asked, item, run, owner, onTrial: run.extras.keepIfBetter !== undefined })
    const final = asked.code === 'filtered' || item.attempts >= allowed
    failItem({ item, runId: run.id, owner, code: asked.code, error: final && asked.code !== 'filtered' ? `No answer was accepted in ${item.attempts} attempts. ${asked.why}` : asked.why, final })
  }

  const serve = async (item: Item, sample: SampleInput | undefined) => {
    const ended = { item, runId: run.id, owner, final: true }
    if (!sample) return failItem({ ...ended, code: 'gone', error: 'The sample is no longer there.' })
    if (sample.mediaId === null) return failItem({ ...ended, code: 'missing', error: 'The sample has no picture.' })
    if (asking.keepsKind && !sample.old) return failItem({ ...ended, code: 'no-caption', error: 'There is no caption left to mend: a person wrote one, or it was mended meanwhile.' })
    let question: Question
    try {
      question = await pose({ asking, sample, signal: calls.signal, before: goesOn })
    } catch (error) {
      if (error instanceof Stopped) return void returnItem(item, run.id, owner)
      const { final, message } = failureOf(error)
      return failItem({ ...ended, code: 'picture', error: message, final: final || item.attempts >= allowed, waitMs: backOff(item.attempts) })
    }
    let startedAt = Date.now()
    let calling = false
    try {
      await ask({
        asking,
        sample,
        question,
        signal: calls.signal,
        still: goesOn,
        before() {
          before()
          startedAt = Date.now()
          calling = true
        },
        make: (asked) => settle(item, asked),
      })
    } catch (error) {
      missed(item, error, startedAt)
    } finally {
      if (calling) purse.done()
    }
  }

  const launch = (items: readonly Item[]) => {
    const inputs = inputsOf(items.map((item) => item.sampleId), options)
    for (const item of items) {
      const end = serve(item, inputs.get(item.sampleId))
        .catch((error: unknown) => {
          log.error({ run: run.id, item: item.id, error: messageOf(error) }, 'a sample could not be served')
        })
        .finally(() => {
          flights.delete(item.id)
          wake()
        })
      flights.set(item.id, end)
    }
  }

  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const go = async () => {
    const stop = () => {
      wake()
      void sleep(DRAIN_MS, undefined, { ref: false }).then(() => calls.abort())
    }
    signal.addEventListener('abort', stop, { once: true })
    while (!signal.aborted && runStatus(run.id) === 'running') {
      // Those whose captions were committed together make room together.
      await new Promise(setImmediate)
      const room = Math.min(flights.size <= limiter.limit ? ahead(limiter.limit) - flights.size : 0, affordable() - flights.size)
      const items = claimItems(run.id, owner, room)
      if (items.length > 0) {
        launch(items)
        continue
      }
      if (flights.size === 0) {
        const left = itemsLeft(run.id)
        if (left.nextInMs === null && left.running === 0) {
          await settleTrials(run, signal)
          if (finishRun(run.id)) break
        }
        await rest(Math.min(left.nextInMs ?? LOOK_MS, LOOK_MS))
      } else await rest(LOOK_MS)
    }
    await Promise.all([...flights.values()])
    signal.removeEventListener('abort', stop)
  }

  const tick = () => {
    try {
      renewItems([...flights.keys()], owner)
      if (freeItems(run.id, allowed) > 0) wake()
      indexText()
    } catch (error) {
      log.error({ run: run.id, error: messageOf(error) }, 'the ledger could not be renewed')
    }
  }
  return { go, tick }
}
