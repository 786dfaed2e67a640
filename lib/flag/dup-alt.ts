import { named } from './catalog'
import type { FlagRule } from './types'

/** One text for this many pictures says nothing particular about any of them. */
const FROM = 2

export const dupAlt: FlagRule = {
  ...named('dup-alt'),
  on: 'alt',
  check: ({ text = '', sameTextCount = 1 }) => (text.trim() && sameTextCount >= FROM ? { evidence: `${sameTextCount} samples have this very text` } : null),
}
