import { excerpt, withoutQuotes } from '@/lib/caption/words'
import { named } from './catalog'
import type { FlagRule } from './types'

const PHRASES = /\b(?:nothing (?:was |is |could be |can be )?(?:recogni[sz]ed|recogni[sz]able|identifiable)|(?:too|very) (?:blurry|blurred|dark|small|unclear|low[- ]resolution) to (?:tell|describe|make out|identify|recogni[sz]e|see)|(?:the )?(?:image|picture|photo) (?:is|appears(?: to be)?) (?:completely |entirely )?(?:blank|empty|corrupted|unreadable)|no (?:recogni[sz]able|identifiable|discernible|distinct|visible) (?:object|subject|content|element|feature)s?)\b/i

/** Captioners that know it themselves say so with their draft; this finds it in the words of those that do not. */
export const nothingRecognised: FlagRule = {
  ...named('nothing-recognised'),
  on: 'model',
  check({ text = '' }) {
    const found = PHRASES.exec(withoutQuotes(text))
    return found ? { evidence: `“${excerpt(found[0])}”` } : null
  },
}
