import { foreignTo } from '@/lib/caption/language'
import { named } from './catalog'
import type { FlagRule, Inspected } from './types'

export const nonTargetLanguage: FlagRule = {
  ...named('non-target-language'),
  on: 'both',
  check({ text = '', language = 'en' }: Inspected) {
    const evidence = foreignTo(text, language)
    return evidence ? { evidence } : null
  },
}
