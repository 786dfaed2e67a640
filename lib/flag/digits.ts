import { named } from './catalog'
import type { FlagRule } from './types'

/** Share of digits among the characters that are not white space. */
const MOST = 0.5

export const digits: FlagRule = {
  ...named('digits'),
  on: 'alt',
  check({ text = '' }) {
    const all = text.match(/\S/gu)?.length ?? 0
    const found = text.match(/\p{Nd}/gu)?.length ?? 0
    return all > 0 && found / all > MOST ? { evidence: `${found} of ${all} characters are digits (${Math.round((found / all) * 100)} %)` } : null
  },
}
