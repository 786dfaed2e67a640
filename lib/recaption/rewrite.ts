import { captionById } from '@/lib/caption/store'
import { captionOfClaims, claimsOf } from '@/lib/claim/store'
import { dependents } from '@/lib/claim/strike'
import { changesOnlyIn } from '@/lib/claim/within'
import { datasetById } from '@/lib/dataset/store'
import { AppError } from '@/lib/errors'
import { sampleViews } from '@/lib/sample/store'
import { ask } from './ask'
import { inputsOf } from './input-store'
import { voiceOf } from './limiter'
import { pose } from './pose'
import { askingOf, inputOptions, resolveRequest, type Voices } from './resolve'

/** `cached`: the very question was answered before and cost nothing now. `cost` as the captioner is priced. */
export type Rewritten = { text: string; captioner: string; model: string; cached: boolean; cost: number }
type Asked = { captioner: string; model?: string; reviewer: string }

/**
 * A model's text of one caption without the struck claims and what depends on them, by the recipe `correct`. Only the
 * sentences of the claims may differ. Decides nothing; its answer is stored. Throws 'refused' when the answer is of no use,
 * and whatever the captioner throws.
 */
export async function rewriteWithout(claimIds: readonly number[], { captioner, model, reviewer }: Asked, signal: AbortSignal, voices: Voices = {}): Promise<Rewritten> {
  const captionId = captionOfClaims(claimIds)
  const claims = claimsOf([captionId])
  const struckIds = new Set(claimIds.flatMap((id) => [...dependents(claims, id)]))
  const struck = claims.filter((claim) => struckIds.has(claim.id))
  const caption = captionById(captionId)
  const [sample] = sampleViews([caption.sampleId])
  if (sample.mediaId === null) throw new AppError('refused', 'The sample has no picture to look at.')
  const dataset = await datasetById(sample.datasetId)
  const { run, recipe } = await resolveRequest({ dataset: dataset.name, recipe: 'correct', captioner, model, keys: [sample.key], author: reviewer }, voices)
  const known = inputsOf([sample.id], inputOptions(run, recipe)).get(sample.id)
  const input = {
    key: sample.key, alt: known?.input.alt, ocr: known?.input.ocr, caption: caption.text, contradicted: struck.map((claim) => claim.text),
    hint: `Take out or put right only these words and what rests on them: ${struck.map((claim) => `“${claim.text}”`).join(', ')}`,
  }
  const { limiter } = voiceOf(captioner, run.extras.concurrency)
  const asking = await askingOf(run, limiter, voices)
  const about = { sampleId: sample.id, mediaId: sample.mediaId, input, old: caption }
  const answer = await ask({ asking, sample: about, question: await pose({ asking, sample: about, signal }), signal, make: (one) => one })
  if (answer.is === 'none') throw new AppError('refused', answer.why)
  const trips = answer.flags.find((flag) => flag.quarantine)
  if (trips) throw new AppError('refused', `The answer trips a guard (${trips.rule}: ${trips.evidence}).`)
  if (answer.text.trim() === caption.text.trim()) throw new AppError('refused', 'The answer left the caption as it was.')
  if (!changesOnlyIn(caption.text, answer.text, struck)) throw new AppError('refused', 'The answer changed more than what was struck.')
  return { text: answer.text, captioner, model: run.model, cached: answer.cached, cost: answer.used.cost }
}
