import { clipTokens } from '@/lib/caption/tokens'
import { sightOf } from '@/lib/captioner/builtin/sight-store'
import { claimsOf } from '@/lib/claim/store'
import type { ClaimView } from '@/lib/claim/schema'
import type { SeenObject } from '@/lib/captioner/builtin/sight'
import { parseFilter } from '@/lib/sample/filter'
import { publicSample, type PublicSample } from '@/lib/sample/public'
import type { SampleView } from '@/lib/sample/schema'
import { countSamples, sampleByKey, sampleViews } from '@/lib/sample/store'
import { progress } from './history-store'
import { queuePage, type QueueRequest } from './queue-store'

/** A sample as the desk needs it: everything for a decision in one answer. */
export type DeskItem = {
  sample: PublicSample
  /** drawn at random, whatever the order */
  random: boolean
  claims: ClaimView[]
  sight: { objects: SeenObject[]; lines: { text: string; score: number; box: [number, number, number, number] }[] } | null
}
export type DeskPage = { items: DeskItem[]; next?: string; note: string }

/**
 * Something is left to decide: a pending caption by a model or person, or, where only alt texts came, a pending alt text.
 * `id:>0` makes the last part speak of the whole sample: it has no caption of another kind.
 */
const UNDECIDED = '((standing:pending -kind:alt) OR (kind:alt standing:pending -(words:>=0 -kind:alt id:>0))) dropped:no'
/** Boxes surer than this are shown. */
const SHOWN = 0.27
/** From this many samples on, the count of a filter is not taken to its end. */
const CAP = 20_000
/** Longer texts are counted by whoever measures captions. */
const COUNTED = 20_000

const undecided = (filter: string) => {
  parseFilter(filter)
  return filter.trim() ? `(${filter}) ${UNDECIDED}` : UNDECIDED
}

function itemsOf(samples: readonly SampleView[], random: ReadonlySet<number>): DeskItem[] {
  const claims = Map.groupBy(claimsOf(samples.flatMap((sample) => sample.captions.filter((caption) => !caption.retired).map((caption) => caption.id))), (claim) => claim.captionId)
  return samples.map((sample) => {
    const shown = publicSample(sample)
    const sight = sample.mediaId === null ? undefined : sightOf(sample.mediaId)
    return {
      sample: { ...shown, captions: shown.captions.map((caption) => ({ ...caption, tokens: caption.tokens ?? (caption.text.length <= COUNTED ? clipTokens(caption.text) : null) })) },
      random: random.has(sample.id),
      claims: shown.captions.flatMap((caption) => claims.get(caption.id) ?? []),
      sight: sight ? { objects: sight.objects.filter((one) => one.score >= SHOWN), lines: sight.lines } : null,
    }
  })
}

/** One page of work with all that the desk shows of it; `all` offers decided samples too. */
export function deskPage({ all, ...request }: QueueRequest & { all?: boolean }): DeskPage {
  const page = queuePage({ ...request, filter: all ? request.filter : undecided(request.filter ?? '') })
  const samples = sampleViews(page.items.map((item) => item.sampleId))
  return { items: itemsOf(samples, new Set(page.items.filter((item) => item.random).map((item) => item.sampleId))), next: page.next, note: page.note }
}

/** Throws 'not_found'. */
export const deskSample = (datasetId: number, key: string): DeskItem => itemsOf([sampleByKey(datasetId, key)], new Set())[0]

export type DeskCount = { total: number; decided: number; /** the true numbers are larger */ capped: boolean }

/** How many samples of a filter there are, and in how many nothing is left to decide. */
export function deskCount(datasetId: number, filter: string): DeskCount {
  const total = countSamples(datasetId, filter, CAP)
  if (total <= CAP) return { total, decided: total - countSamples(datasetId, undecided(filter), CAP), capped: false }
  if (filter.trim()) return { total: CAP, decided: 0, capped: true }
  const { samples, decided, dropped } = progress(datasetId)
  return { total: samples, decided: Math.min(samples, decided + dropped), capped: false }
}
