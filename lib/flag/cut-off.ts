import { wordsOf } from '@/lib/caption/words'
import { named } from './catalog'
import type { FlagRule } from './types'

const DANGLING = new Set('a an the and or but of with into onto from between is are was were has have his their its while which who where'.split(' '))

export const cutOff: FlagRule = {
  ...named('cut-off'),
  on: 'model',
  check({ text = '', finish, language = 'en' }) {
    if (finish === 'length') return { evidence: 'the answer ran into its limit of length' }
    const bare = text.trim()
    const end = /[,;:(–—-]$/.exec(bare)
    if (end) return { evidence: `the text ends in “${end[0]}”` }
    if (language !== 'en' || !/[\p{L}]$/u.test(bare)) return null
    const last = wordsOf(bare.slice(-60)).at(-1)?.toLowerCase() ?? ''
    return DANGLING.has(last) ? { evidence: `the text ends in “${last}”` } : null
  },
}
