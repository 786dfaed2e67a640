import { dataIn } from '@/lib/captioner/delimit'
import { namesIn } from '@/lib/caption/grammar'
import { plainWords } from '@/lib/caption/words'
import { boilerplate } from './boilerplate'
import { named } from './catalog'
import { filename } from './filename'
import { priceOrCta } from './price-or-cta'
import type { FlagRule } from './types'
import { url } from './url'

/** Only where the model was given the alt text to keep its names; a shop line or a file name may well be dropped. */
export const lostDetail: FlagRule = {
  ...named('lost-detail'),
  on: 'model',
  check(sample) {
    const given = dataIn(sample.prompt?.user ?? '').find((block) => block.name === 'alt-text')?.text
    if (!given || (sample.language ?? 'en') !== 'en') return null
    if ([url, filename, boilerplate, priceOrCta].some((rule) => rule.check({ ...sample, text: given }))) return null
    const kept = new Set(plainWords(sample.text ?? '').map((word) => word.replace(/['’]s$/, '')))
    const lost = namesIn(given).find((name) => plainWords(name).every((word) => !kept.has(word.replace(/['’]s$/, ''))))
    return lost ? { evidence: `“${lost}” of the alt text is gone` } : null
  },
}
