import { unpackLook } from '@/lib/captioner/builtin/whole'
import type { DatasetRow } from '@/lib/dataset/schema'
import { now } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { align } from './align'
import { checkClaims } from './check'
import { auc, derangement, seeded } from './evaluate'
import type { BaseRates } from './presence'
import { splitClaims } from './split'
import { crossFit, learnable, type Fit } from './word-model'
import { keepGain, textsOfPictures, type TextOfPicture, type WordGain } from './word-store'

/** More pairs add little and cost seconds. */
const MOST_PAIRS = 3000
const SHUFFLES = 3
const RESAMPLES = 200
/** Below this there is nothing to fold. */
const FEWEST = 20
const breath = () => new Promise<void>((resolve) => setImmediate(resolve))

type Fitted = { pairs: { sampleId: number; picture: number; words: string[]; look: Float32Array; of: TextOfPicture }[]; model: ReturnType<typeof crossFit> }

function fitted(datasetId: number): Fitted | undefined {
  const pairs = [...textsOfPictures(datasetId, MOST_PAIRS)].flatMap((of) => {
    const look = unpackLook(of.sight.look)
    return look ? [{ sampleId: of.sampleId, picture: of.mediaId, words: learnable(of.text), look, of }] : []
  })
  return pairs.length < FEWEST ? undefined : { pairs, model: crossFit(pairs) }
}

export type Words = (sampleId: number, look: string | undefined, text: string) => Fit | undefined

/** The word model of a dataset, as a reason beside others; undefined with too few pairs. */
export function wordsOf(datasetId: number): Words | undefined {
  const found = fitted(datasetId)
  if (!found) return undefined
  const places = new Map(found.pairs.map((pair, i) => [pair.sampleId, i]))
  return (sampleId, packed, text) => {
    const at = places.get(sampleId)
    if (at !== undefined) return found.model.of(at, learnable(text))
    const look = unpackLook(packed)
    return look && found.model.ofOther(look, learnable(text))
  }
}

const rulesScore = ({ sight }: TextOfPicture, text: string, rates: BaseRates) => align(text, checkClaims(splitClaims(text), sight, [text]), sight, rates).score ?? 0

/**
 * Measures what the word model adds to the checks, by cross-validation: each text is scored for its own and for other
 * pictures of the dataset by a model that has not seen it. Kept, so that the switch can rest on it. Throws 'refused' with
 * fewer than twenty pairs.
 */
export async function measureWordModel(dataset: Pick<DatasetRow, 'id'>, rates: BaseRates, signal?: AbortSignal): Promise<WordGain> {
  const found = fitted(dataset.id)
  if (!found) throw new AppError('refused', `The word model needs pictures with alt texts that were looked at, ${FEWEST} at least. Run a check first.`)
  const { pairs, model } = found
  const score = (i: number, j: number) => ({ rules: rulesScore(pairs[i].of, pairs[j].of.text, rates), head: model.of(i, pairs[j].words).value })
  const trues: ReturnType<typeof score>[] = []
  const falses: ReturnType<typeof score>[][] = []
  const orders = Array.from({ length: SHUFFLES }, (_, seed) => derangement(pairs.length, seed + 1))
  for (const i of pairs.keys()) {
    signal?.throwIfAborted()
    trues.push(score(i, i))
    // Another text of the same picture is no false one.
    falses.push(orders.map((order) => order[i]).filter((j) => pairs[j].picture !== pairs[i].picture).map((j) => score(i, j)))
    if (i % 20 === 0) await breath()
  }
  const aucOf = (rows: readonly number[], value: (one: ReturnType<typeof score>) => number) => auc(rows.map((i) => value(trues[i])), rows.flatMap((i) => falses[i].map(value)))
  const [rules, alone, both] = [(one: ReturnType<typeof score>) => one.rules, (one: ReturnType<typeof score>) => one.head, (one: ReturnType<typeof score>) => one.rules + one.head]
  const all = [...pairs.keys()]
  const random = seeded(1)
  const gains: number[] = []
  for (let k = 0; k < RESAMPLES; k++) {
    const rows = all.map(() => Math.floor(random() * all.length))
    gains.push(aucOf(rows, both) - aucOf(rows, rules))
    if (k % 10 === 0) await breath()
  }
  gains.sort((a, b) => a - b)
  const measured = [rules, alone, both].map((value) => aucOf(all, value))
  const gain: WordGain = { pairs: pairs.length, rules: measured[0], alone: measured[1], both: measured[2], gain: measured[2] - measured[0], low: gains[Math.floor(0.025 * RESAMPLES)], high: gains[Math.ceil(0.975 * RESAMPLES) - 1], measuredAt: now() }
  keepGain(dataset.id, gain)
  return gain
}
