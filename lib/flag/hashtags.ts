import { excerpt } from '@/lib/caption/words'
import { named } from './catalog'
import type { FlagRule } from './types'

const TAG = /(?<![\p{L}\p{N}&])[#＃]\p{L}[\p{L}\p{N}_]*/gu

export const hashtags: FlagRule = {
  ...named('hashtags'),
  on: 'alt',
  check({ text = '' }) {
    const tags = text.slice(0, 5000).match(TAG)
    return tags ? { evidence: `${tags.length} ${tags.length === 1 ? 'hashtag' : 'hashtags'}: ${excerpt(tags.join(' '))}` } : null
  },
}
