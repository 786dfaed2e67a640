import { refusalIn } from '@/lib/caption/refusal'
import { excerpt } from '@/lib/caption/words'
import { named } from './catalog'
import type { FlagRule } from './types'

/** Recipes turn away an answer that is a refusal and nothing else; this finds one inside a caption. */
export const refusal: FlagRule = {
  ...named('refusal'),
  on: 'model',
  check({ text = '' }) {
    const found = refusalIn(text)
    return found ? { evidence: `“${excerpt(found.words)}” declines instead of describing` } : null
  },
}
