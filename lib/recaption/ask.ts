import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { textHash } from '@/lib/caption/count'
import type { Price } from '@/lib/captioner/price'
import type { CaptionDraft, Captioner, CaptionRequest, Params } from '@/lib/captioner/types'
import { inspect } from '@/lib/flag'
import type { NewFlag } from '@/lib/flag/store'
import { release } from '@/lib/media/release'
import type { Original } from '@/lib/media/store'
import type { Recipe } from '@/lib/recipe/types'
import { addSpent, findAnswer, holdOff, keepAnswer, takeTurn, type Answer } from './answer-store'
import { failureOf } from './failure'
import { answerHash, requestHash } from './fingerprint'
import { sameTextCount, type SampleInput } from './input-store'
import type { Limiter } from './limiter'
import { together } from './together'

/** Everything about a request that is the same for all samples of a run. */
export type Asking = {
  runId: number | null
  datasetId: number
  captioner: Captioner
  recipe: Recipe
  model: string
  kind: string
  keepsKind: boolean
  params: Params
  /** sets the requests of a run apart that really asks again; '' otherwise */
  salt: string
  price?: Price
  rpm?: number
  language: string
  rulesOff: readonly string[]
  limiter: Limiter
}
type Guarded = Pick<NewFlag, 'rule' | 'evidence' | 'quarantine'>[]
export type Used = { inputTokens: number; outputTokens: number; cost: number; ms: number }
export type Asked = { used: Used; /** no call was made: the answer was stored */ cached: boolean } & (
  | { is: 'caption'; kind: string; text: string; flags: Guarded; evidence: string | null }
  | { is: 'none'; code: string; why: string }
)

const NOTHING: Used = { inputTokens: 0, outputTokens: 0, cost: 0, ms: 0 }
/** A recipe that mends keeps the kind of what it mends. */
const kindFor = (asking: Asking, sample: SampleInput): string => (asking.keepsKind ? (sample.old?.kind ?? asking.kind) : asking.kind)

const PER = 1_000_000
/** What a call costs in a batch, of its price by itself. */
export const BATCH_SHARE = 0.5
const costOf = ({ usage }: Pick<CaptionDraft, 'usage'>, price: Price | undefined): number =>
  price && usage ? (usage.inputTokens * price.input + usage.outputTokens * price.output) / PER : 0

type Ground = Pick<CaptionDraft, 'evidence' | 'flags'>
export const answerOf = (draft: CaptionDraft, price: Price | undefined): Answer => {
  const ground: Ground = { evidence: draft.evidence, flags: draft.flags }
  return {
    text: draft.text,
    finish: draft.finish,
    evidence: draft.evidence || draft.flags ? JSON.stringify(ground) : null,
    inputTokens: draft.usage?.inputTokens ?? 0,
    outputTokens: draft.usage?.outputTokens ?? 0,
    cost: costOf(draft, price),
  }
}

function judge(asking: Asking, sample: SampleInput, prompt: CaptionRequest['prompt'], answer: Answer): { text: string; flags: Guarded; evidence: string | null } | { why: string; code: string } {
  if (answer.finish === 'filtered') return { code: 'filtered', why: 'The endpoint withheld the answer (content filter).' }
  const verdict = asking.recipe.accept(answer.text, sample.input)
  if (!verdict.ok) return { code: verdict.rule ?? 'not-accepted', why: verdict.why }
  if (verdict.text.trim() === '') return { code: 'not-accepted', why: 'The answer was empty.' }
  const ground = answer.evidence ? (JSON.parse(answer.evidence) as Ground) : {}
  const own = (ground.flags ?? []).map((flag) => ({ ...flag, quarantine: true }))
  const { key, alt, ocr } = sample.input
  const kind = kindFor(asking, sample)
  const guards = inspect(
    { key, text: verdict.text, kind, origin: 'model', alt, ocr, prompt, finish: answer.finish, language: asking.language, sameTextCount: 1 + sameTextCount(asking.datasetId, kind, textHash(verdict.text)) },
    asking.rulesOff,
  )
  const kept = ground.evidence || verdict.meta ? JSON.stringify({ evidence: ground.evidence, meta: verdict.meta }) : null
  return { text: verdict.text, flags: [...own, ...guards.filter((guard) => !own.some((flag) => flag.rule === guard.rule))], evidence: kept }
}

/** Heeds what a failed call says about pace and about what it cost, before its place is given to the next. */
async function heeding<T>(asking: Asking, write: () => Promise<T>): Promise<T> {
  const startedAt = Date.now()
  try {
    return await write()
  } catch (error) {
    const failure = failureOf(error)
    const pause = failure.tooMany ? asking.limiter.tooMany(startedAt, Date.now()) : failure.away ? asking.limiter.away(startedAt, Date.now()) : undefined
    const wait = failure.waitMs ?? pause
    if (wait !== undefined) holdOff(asking.captioner.id, wait)
    if (asking.runId !== null) addSpent(asking.runId, costOf(failure, asking.price))
    throw error
  }
}

/** A question whose answer is not stored yet; `n`: which answer to it, from 1; `why`: what spoke against the one before; `ms`: what making its picture ready took; `made`: that picture is nobody else's. */
export type OpenQuestion = { is: 'open'; hash: string; request: CaptionRequest; n: number; why: string; ms: number; made: boolean }
export type Question = Extract<Asked, { is: 'caption' }> | OpenQuestion

/** What may prevent a call: `before` is called right before it, `still` now and then while it waits for its turn; both may throw. */
type Gates = { signal: AbortSignal; before?: () => void; still?: () => void }
/** ms after which a call that waits looks whether it is still wanted */
const LOOK_MS = 2000

/** Waits for a turn at the captioner's pace. A turn is kept however far off it is; a pause that the endpoint asks for meanwhile comes first and costs the turn. */
async function turn({ captioner, rpm }: Asking, signal: AbortSignal, still: () => void): Promise<void> {
  for (let due = Date.now() + takeTurn(captioner.id, rpm); ; ) {
    const [own, pause] = [due - Date.now(), takeTurn(captioner.id, undefined)]
    if (own <= 0 && pause <= 0) return
    await sleep(Math.min(Math.max(own, pause), LOOK_MS), undefined, { signal })
    still()
    if (pause > 0 && own <= 0 && pause <= LOOK_MS) due = Date.now() + takeTurn(captioner.id, rpm)
  }
}

/** Waits for a place and a turn, and asks once. */
async function call(asking: Asking, { request, ms }: OpenQuestion, { signal, before = () => {}, still = () => {} }: Gates): Promise<{ answer: Answer; used: Used }> {
  const leave = await asking.limiter.place(signal)
  try {
    await turn(asking, signal, still)
    before()
    const started = performance.now()
    const draft = await heeding(asking, () => asking.captioner.write(request, signal))
    const answer = answerOf(draft, asking.price)
    return { answer, used: { inputTokens: answer.inputTokens, outputTokens: answer.outputTokens, cost: answer.cost, ms: ms + performance.now() - started } }
  } finally {
    leave()
  }
}

/**
 * One attempt at a caption for one sample. Stored answers to the very request are used first and cost nothing, at most
 * one call is made. The answer is kept, then judged and given to `make`, in one commit; what goes wrong in `make` does not
 * lose the answer. Throws what the captioner and `make` throw.
 */
export async function ask<T>({ asking, sample, question, make, ...gates }: { asking: Asking; sample: SampleInput; question: Question; make: (asked: Asked) => T } & Gates): Promise<T> {
  if (question.is === 'caption') return together(() => make(question))
  const { hash, request, made: own } = question
  const { answer, used } = await call(asking, question, gates).finally(() => own && release(request.media))
  const kept = together(() => keepAnswer(hash, answer, asking.runId))
  const made = together(() => {
    const judged = judge(asking, sample, request.prompt, answer)
    return make('text' in judged ? { is: 'caption', kind: request.kind, ...judged, used, cached: false } : { is: 'none', ...judged, used, cached: false })
  })
  return (await Promise.all([made, kept]))[0]
}

/** What stored answers give without a call: a caption, or the question that is to be asked next. */
export function fromStored(asking: Asking, sample: SampleInput, picture: Original): Question {
  const prompt = asking.recipe.prompt(sample.input)
  const kind = kindFor(asking, sample)
  const request: CaptionRequest = { media: picture.bytes, mime: picture.mime, recipe: asking.recipe.id, kind, prompt, model: asking.model, params: asking.params }
  const base = requestHash(asking.captioner.id, request, asking.salt, picture.sha256)
  for (let n = 1, why = ''; ; n++) {
    const hash = answerHash(base, n)
    const stored = findAnswer(hash)
    if (!stored) return { is: 'open', hash, request, n, why, ms: 0, made: false }
    const judged = judge(asking, sample, prompt, stored)
    if ('text' in judged) return { is: 'caption', kind, ...judged, used: NOTHING, cached: true }
    why = judged.why
  }
}
