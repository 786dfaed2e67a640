import type { CaptionDraft, Evidence } from '@/lib/captioner/types'
import { picker } from './chance'
import { findingsOf, type Part } from './findings'
import { list } from './nouns'
import type { Sight } from './sight'
import { writeDetailed } from './write-detailed'
import { writeShort } from './write-short'

/** Kinds of caption that a detector can honestly write. */
export const KINDS = ['short', 'detailed'] as const
export type Kind = (typeof KINDS)[number]

/** On a photograph without objects, less text than this share is a watermark or a stray word. */
const TEXT_IS_THE_SUBJECT = 0.05

const WRITERS = { short: writeShort, detailed: writeDetailed } as const

/** Says that nothing was recognised, and the colours instead of a guess. */
function nothing(sight: Sight): Part {
  const colours = sight.palette.slice(0, 2).filter(({ share }, i) => i === 0 || share > 0.15)
  const medium = sight.type === 'photo' ? '' : ` in this ${sight.type === 'graphic' ? 'graphic' : 'screenshot or document'}`
  const evidence: Evidence[] = colours.map(({ name, share }) => ({ says: name, sort: 'colour', score: share, note: 'share of the picture' }))
  const look = sight.blackAndWhite ? 'black and white' : colours.length ? `mostly ${list(colours.map(({ name }) => name))}` : 'no colour stands out'
  return { text: `No known object recognised${medium}; ${look}.`, evidence }
}

const reason = ({ objects: [best] }: Sight) => (best ? `the surest object, ${best.name}, has a score of ${best.score.toFixed(2)}` : 'the detectors found no object')

/** The caption of what was seen. The same sight, kind and seed give the same words; another seed gives others. */
export function writeCaption(sight: Sight, kind: Kind, seed: string): CaptionDraft {
  const findings = findingsOf(sight)
  const part = WRITERS[kind](findings, picker(`${kind} ${seed}`)) ?? nothing(sight)
  const draft: CaptionDraft = { text: part.text, finish: 'stop', evidence: [...part.evidence] }
  const isBlank = !findings.subjects.length && (!findings.quotes.length || (sight.type === 'photo' && sight.textArea < TEXT_IS_THE_SUBJECT))
  return isBlank ? { ...draft, flags: [{ rule: 'nothing-recognised', evidence: reason(sight) }] } : draft
}
