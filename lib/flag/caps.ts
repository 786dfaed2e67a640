import { named } from './catalog'
import type { FlagRule } from './types'

const FEWEST_LETTERS = 6
const MOST = 0.7

export const caps: FlagRule = {
  ...named('caps'),
  on: 'alt',
  check({ text = '' }) {
    const head = text.slice(0, 5000)
    const cased = head.match(/[\p{Lu}\p{Ll}]/gu)?.length ?? 0
    const capital = head.match(/\p{Lu}/gu)?.length ?? 0
    return cased >= FEWEST_LETTERS && capital / cased > MOST ? { evidence: `${capital} of ${cased} letters are capitals` } : null
  },
}
