import { sightOf } from '@/lib/captioner/builtin/sight-store'
import { datasetById } from '@/lib/dataset/store'
import { judge } from './judge'
import { lookAtAll, ratesOf } from './run'
import { picturesOf, unseen } from './store'

export type Written = { captionId: number; sampleId: number; text: string }

/**
 * A measure of how well texts of a dataset's samples agree with their pictures, by the checker and the base rates as they
 * are now, so that what it says of two texts can be compared: a model's answers, which only one of them may have, are left
 * out. Pictures that nobody looked at are looked at first; nothing is kept of the texts. Null where the evidence says nothing.
 */
export function agreementOf(datasetId: number): (texts: readonly Written[], signal: AbortSignal) => Promise<(number | null)[]> {
  let rates: ReturnType<typeof ratesOf> | undefined
  return async (texts, signal) => {
    const { settings } = await datasetById(datasetId)
    await lookAtAll(unseen(texts.map((one) => one.sampleId)), signal, () => undefined)
    const known = (rates ??= ratesOf(datasetId))
    const of = picturesOf(texts.map((one) => one.sampleId))
    return texts.map(({ captionId, sampleId, text }) => {
      const sample = of.get(sampleId)
      const sight = sample && sightOf(sample.mediaId)
      return sight ? judge({ captionId, sampleId, text, alt: sample.alt }, { sight, rates: known, settings }).score : null
    })
  }
}
