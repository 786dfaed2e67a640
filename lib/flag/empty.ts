import { named } from './catalog'
import type { FlagRule } from './types'

export const empty: FlagRule = {
  ...named('empty'),
  on: 'alt',
  check: ({ text }) => (text === undefined ? { evidence: 'the sample came without alt text' } : text.trim() === '' ? { evidence: 'the alt text is blank' } : null),
}
