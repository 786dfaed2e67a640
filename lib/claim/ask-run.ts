import { setTimeout as sleep } from 'node:timers/promises'
import { captionerById } from '@/lib/captioner/choose'
import { costOf } from '@/lib/captioner/endpoint'
import { priceOf } from '@/lib/captioner/price'
import { callSettings } from '@/lib/captioner/store'
import type { Captioner, Prompt, Usage } from '@/lib/captioner/types'
import type { ClaimModel, DatasetRow } from '@/lib/dataset/schema'
import { AppError, isAppError } from '@/lib/errors'
import { bytesOf, mediaById } from '@/lib/media/store'
import { matchingIds } from '@/lib/sample/store'
import { CLAIMS, claimsPrompt, readClaims } from './ask-claims'
import { countAsks, dearestCall, keepAsk, lastAskError, spentOnClaims, toAsk, type AskCount, type Step, type ToAsk } from './ask-store'
import { readAnswers, verifyPrompt } from './ask-verify'
import { checkSamples, claimsToVerify, ratesOf } from './run'

const CHUNK = 40
/** Room for the claims of a long caption. */
const MOST_TOKENS = 3000
const TRIES_A_CALL = 4
const LONGEST_WAIT = 60_000
const ALONE_MS = 20
/** Faults of the endpoint, whatever it is asked; any other is about this one caption. */
const AWAY: readonly unknown[] = ['connection', 'server', 'rate', 'quota', 'auth']
/** Tokens of the task, of an answer a character of caption, and of a picture: for an estimate before anything was asked. */
const GUESS = { task: 450, perCharacter: 1.2, picture: 800 }

export type AskProgress = { asked: number; failed: number; spent: number }
type Options = { filter?: string; signal?: AbortSignal; captioner?: Captioner; onProgress?: (sofar: AskProgress) => void }

async function voiceOf(chosen: ClaimModel, captioner?: Captioner) {
  const settings = await callSettings(chosen.captioner)
  const voice = captioner ?? (await captionerById(chosen.captioner))
  if (voice.recipes && !voice.recipes.includes(CLAIMS.id)) throw new AppError('invalid', `${voice.label} answers no questions about claims. Choose an OpenAI-compatible endpoint.`)
  const model = chosen.model || settings.model || (await voice.models())[0] || ''
  const price = priceOf(chosen.price, settings, chosen.budget)
  const prices = { inputPrice: price?.input ?? null, outputPrice: price?.output ?? null }
  return { voice, model, settings, prices, stamp: `${chosen.captioner} ${model}` }
}

export type ClaimPlan = { captioner: string; model: string; steps: Record<Step, AskCount | null>; spent: number; /** a rough guess of what is left; null without a price */ price: number | null; budget: number | null; lastError: string | null }

/** What asking would do and cost, before anything is asked. */
export async function planClaims(dataset: DatasetRow, chosen: ClaimModel): Promise<ClaimPlan> {
  const { model, prices, stamp } = await voiceOf(chosen)
  const count = (step: Step, wanted: boolean) => (wanted ? countAsks(dataset.id, step, stamp) : null)
  const steps = { claims: count('claims', chosen.split), verify: count('verify', chosen.verify) }
  const cost = (one: AskCount | null, picture: number) => one && costOf({ inputTokens: one.left * (GUESS.task + picture) + one.characters / 4, outputTokens: one.characters * GUESS.perCharacter }, prices)
  const [a, b] = [cost(steps.claims, 0), cost(steps.verify, GUESS.picture)]
  return { captioner: chosen.captioner, model, steps, spent: spentOnClaims(dataset.id), price: a === null && b === null ? null : (a ?? 0) + (b ?? 0), budget: chosen.budget, lastError: lastAskError(dataset.id) }
}

type Voice = Awaited<ReturnType<typeof voiceOf>>

/** One call with its waits; 'unavailable' only when the endpoint stays away. */
async function call({ voice, model, settings }: Voice, step: Step, prompt: Prompt, media: Uint8Array, signal: AbortSignal) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await voice.write({ media, mime: 'image/jpeg', recipe: step, kind: step, prompt, model, params: { ...settings.params, maxTokens: MOST_TOKENS, temperature: 0 } }, signal)
    } catch (error) {
      if (signal.aborted || !isAppError(error) || error.code !== 'unavailable' || !AWAY.includes(error.detail?.cause) || attempt >= TRIES_A_CALL) throw error
      const wait = Number(error.detail?.retryAfterMs ?? 500 * 2 ** attempt)
      await sleep(Math.min(LONGEST_WAIT, wait), undefined, { signal })
    }
  }
}

/** Asks one question about one caption and keeps the answer, or why there is none and what that cost. True when it could be read. */
async function ask(dataset: DatasetRow, voice: Voice, step: Step, caption: ToAsk, signal: AbortSignal): Promise<boolean> {
  const line = { datasetId: dataset.id, captionId: caption.captionId, step, model: voice.stamp }
  const questions = step === 'verify' ? claimsToVerify(caption) : undefined
  if (questions?.says.length === 0) {
    keepAsk({ ...line, answer: { answers: [], spans: [] }, cost: 0 })
    return true
  }
  const prompt = questions ? verifyPrompt(caption.text, questions.says) : claimsPrompt(caption.text)
  const paid = (usage: Usage | undefined) => ({ usage, cost: usage ? (costOf(usage, voice.prices) ?? 0) : 0 })
  try {
    const media = questions && caption.mediaId !== null ? await bytesOf(mediaById(caption.mediaId)) : new Uint8Array()
    const draft = await call(voice, step, prompt, media, signal)
    const answers = questions && readAnswers(draft.text, questions.says.length)
    const answer = questions ? answers && { answers, spans: questions.spans } : readClaims(draft.text, caption.text)
    keepAsk(answer ? { ...line, answer, ...paid(draft.usage) } : { ...line, error: `${voice.stamp} gave no list of ${step === 'verify' ? 'answers' : 'claims'} that can be read${draft.finish === 'length' ? ' (it was cut off)' : ''}: “${draft.text.slice(0, 120)}”`, ...paid(draft.usage) })
    return Boolean(answer)
  } catch (error) {
    if (signal.aborted || !isAppError(error) || AWAY.includes(error.detail?.cause)) throw error
    keepAsk({ ...line, error: error.message, ...paid(error.detail?.usage as Usage | undefined) })
    return false
  }
}

/**
 * Has the dataset's claim model split captions into claims and answer them against the pictures, then checks those captions
 * anew. Every answer is kept as it comes: a stopped run goes on, and nothing is asked twice. Stops before the budget is
 * spent. Throws 'unavailable' when the endpoint stays away.
 */
export async function askClaims(dataset: DatasetRow, chosen: ClaimModel, { filter = '', signal = new AbortController().signal, captioner, onProgress }: Options = {}): Promise<AskProgress & { stopped: string | null }> {
  const voice = await voiceOf(chosen, captioner)
  const sofar: AskProgress = { asked: 0, failed: 0, spent: spentOnClaims(dataset.id) }
  const rates = ratesOf(dataset.id)
  const atOnce = Math.max(1, voice.settings.concurrency)
  const gap = voice.settings.perMinute ? 60_000 / voice.settings.perMinute : 0
  let nextAt = 0
  let flying = 0
  let stopped = null as string | null

  /** Takes the place of one more call where it keeps within the budget. Before a step's first answer nobody knows its price: that one goes alone. */
  const takePlace = async (step: Step) => {
    const dearest = () => dearestCall(dataset.id, step, voice.stamp)
    while (chosen.budget !== null && flying > 0 && dearest() === null) await sleep(ALONE_MS, undefined, { signal })
    const spent = chosen.budget === null ? 0 : spentOnClaims(dataset.id)
    if (chosen.budget === null || (spent < chosen.budget && spent + (dearest() ?? 0) * (flying + 1) <= chosen.budget)) return void flying++
    stopped ??= `The budget of ${chosen.budget} is used up: ${spent.toFixed(4)} is spent. Raise it and ask again: what was answered is kept.`
  }
  const worker = async (step: Step, left: ToAsk[]) => {
    for (let caption = left.shift(); caption !== undefined && stopped === null; caption = left.shift()) {
      signal.throwIfAborted()
      const wait = Math.max(0, nextAt - Date.now())
      nextAt = Math.max(nextAt, Date.now()) + gap
      if (wait > 0) await sleep(wait, undefined, { signal })
      await takePlace(step)
      if (stopped !== null) return
      try {
        if (await ask(dataset, voice, step, caption, signal)) sofar.asked++
        else sofar.failed++
      } finally {
        flying--
      }
      onProgress?.({ ...sofar, spent: spentOnClaims(dataset.id) })
    }
  }
  const steps: Step[] = [...(chosen.split ? (['claims'] as const) : []), ...(chosen.verify ? (['verify'] as const) : [])]
  for (const ids of matchingIds(dataset.id, filter, CHUNK)) {
    for (const step of steps) {
      const left = toAsk(ids, dataset.id, step, voice.stamp)
      const touched = [...new Set(left.map((one) => one.sampleId))]
      try {
        const ends = await Promise.allSettled(Array.from({ length: Math.min(atOnce, left.length) }, () => worker(step, left)))
        const failed = ends.find((end) => end.status === 'rejected')
        if (failed) throw failed.reason
      } finally {
        checkSamples(dataset, touched, rates, { anew: true })
      }
    }
    if (stopped !== null) break
  }
  return { ...sofar, spent: spentOnClaims(dataset.id), stopped }
}

