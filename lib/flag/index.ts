import { registry } from '@/lib/registry'
import { bannedOpening } from './banned-opening'
import { boilerplate } from './boilerplate'
import { caps } from './caps'
import { cutOff } from './cut-off'
import { digits } from './digits'
import { dupAlt } from './dup-alt'
import { echo } from './echo'
import { empty } from './empty'
import { filename } from './filename'
import { hashtags } from './hashtags'
import { leakedPrompt } from './leaked-prompt'
import { loop } from './loop'
import { lostDetail } from './lost-detail'
import { noNoun } from './no-noun'
import { nonTargetLanguage } from './non-target-language'
import { nothingRecognised } from './nothing-recognised'
import { priceOrCta } from './price-or-cta'
import { refusal } from './refusal'
import { repetition } from './repetition'
import { sameText } from './same-text'
import { tooLong } from './too-long'
import { tooShort } from './too-short'
import type { FlagRule, Inspected } from './types'
import { unsupportedName } from './unsupported-name'
import { url } from './url'

export { guardIds, flagSort, flagSorts } from './catalog'
export type { FlagRule, FlagSort, Inspected } from './types'

/** Every rule and guard that reads text. Flags raised elsewhere (picture, checker, person) are in the catalogue only. */
export const rules = registry<FlagRule>(
  'rule',
  empty, tooShort, tooLong, filename, url, boilerplate, priceOrCta, hashtags, digits, repetition, caps, noNoun, nonTargetLanguage, dupAlt,
  refusal, cutOff, loop, leakedPrompt, echo, sameText, bannedOpening, unsupportedName, lostDetail, nothingRecognised,
)

export type Reason = { rule: string; evidence: string; /** holds the caption back until a person looked */ quarantine: boolean }

/**
 * What the rules say about one caption: rules of the alt text for kind `alt` (or a sample without one), guards for what
 * a model wrote, nothing about a person's text. `off`: ids switched off in this dataset.
 */
export function inspect(sample: Inspected, off: readonly string[] = []): Reason[] {
  const side = sample.origin === 'model' ? 'model' : sample.kind === 'alt' && sample.origin === 'source' ? 'alt' : undefined
  if (!side) return []
  return rules.all.flatMap((rule) => {
    if (off.includes(rule.id) || (rule.on !== side && rule.on !== 'both')) return []
    const found = rule.check(sample)
    return found ? [{ rule: rule.id, evidence: found.evidence, quarantine: side === 'model' }] : []
  })
}
