import type { Sight } from '@/lib/captioner/builtin/sight'
import type { DatasetSettings } from '@/lib/dataset/schema'
import { align } from './align'
import type { asksOf } from './ask-store'
import { withAnswers } from './ask-verify'
import { checkClaims } from './check'
import { sortsOff } from './checks'
import type { BaseRates } from './presence'
import type { Checked, Term } from './schema'
import { splitClaims } from './split'
import type { ToCheck } from './store'
import type { Words } from './word-run'

/** +1 whenever splitting, checking or scoring changes; older results are made anew. */
export const CLAIM_VERSION = 2

export type Judged = { captionId: number; claims: readonly Checked[]; splitBy: string; score: number | null; verdict: 'misaligned' | 'aligned' | 'not enough evidence'; terms: readonly Term[] }

type Grounds = { sight: Sight; rates: BaseRates; settings: Pick<DatasetSettings, 'alignmentThreshold' | 'rulesOff'>; asks?: ReturnType<typeof asksOf>; words?: Words }

const silenced = (claim: Checked): Checked => ({ ...claim, about: { ...claim.about, classes: [], scenes: [] }, verdict: 'unknown', byModel: false, ground: { says: 'this check is switched off in this dataset', boxes: [], score: null } })

/** What a text is worth beside its picture: claims with their verdicts, and the alignment with its reasons. Pure. */
export function judge(caption: Pick<ToCheck, 'captionId' | 'sampleId' | 'text' | 'alt'>, { sight, rates, settings, asks = {}, words }: Grounds): Judged {
  const sources = caption.alt === null || caption.alt === caption.text ? [] : [caption.alt]
  const plain = checkClaims(asks.split?.split.claims ?? splitClaims(caption.text), sight, sources)
  const given = asks.verified
  const answers = given && plain.map((claim) => given.answers[given.spans.indexOf(`${claim.start} ${claim.end} ${claim.sort}`)] ?? null)
  const off = sortsOff(settings.rulesOff)
  const claims = (answers && given ? withAnswers(plain, answers, given.by) : plain).map((claim) => (off.has(claim.sort) ? silenced(claim) : claim))
  const { score: byChecks, terms } = align(caption.text, claims, sight, rates)
  const fit = byChecks === null ? undefined : words?.(caption.sampleId, sight.look, caption.text)
  const score = byChecks === null ? null : byChecks + (fit?.value ?? 0)
  if (fit && fit.value !== 0) {
    const listed = fit.words.map((word) => `“${word}”`).join(', ')
    terms.push({ sort: 'words', value: fit.value, says: `by this dataset’s own pictures and texts, ${listed} ${fit.value > 0 ? 'fit' : 'do not fit'} a picture that looks like this` })
    terms.sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
  }
  // The word model never raises a flag by itself: something that was seen must speak against the text too.
  const misaligned = score !== null && byChecks !== null && score < settings.alignmentThreshold && byChecks < 0
  return { captionId: caption.captionId, claims, splitBy: asks.split?.by ?? `rules@${CLAIM_VERSION}`, score, verdict: score === null ? 'not enough evidence' : misaligned ? 'misaligned' : 'aligned', terms }
}
