import { plainWords } from '@/lib/caption/words'
import { named } from './catalog'
import type { FlagRule } from './types'

/** Short captions meet by chance ("a cat on a sofa"), long ones do not. */
const FROM = 3
const FROM_SHORT = 8
const SHORT = 5

export const sameText: FlagRule = {
  ...named('same-text'),
  on: 'model',
  check({ text = '', sameTextCount = 1 }) {
    const from = plainWords(text).length < SHORT ? FROM_SHORT : FROM
    return text.trim() && sameTextCount >= from ? { evidence: `${sameTextCount} samples got this very caption` } : null
  },
}
