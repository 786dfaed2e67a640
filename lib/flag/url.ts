import { excerpt } from '@/lib/caption/words'
import { named } from './catalog'
import type { FlagRule } from './types'

// Endings that are words of a language as well (.it .is .me .to .in) are left out: "the house.It was" is no address.
const ADDRESS = /(?:https?:\/\/|www\.)[^\s"'<>]{3,}|(?<![\w@])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}(?:com|net|org|info|biz|edu|gov|co\.uk|org\.uk|ac\.uk|uk|de|fr|nl|eu|ru|cn|jp|br|ca|au|nz|ch|pl|se|io|dev|app|shop|store|online|site|blog|tv|xyz)(?![\w-]|\.\w)/i

export const url: FlagRule = {
  ...named('url'),
  on: 'alt',
  check({ text = '' }) {
    const found = ADDRESS.exec(text.slice(0, 5000))
    return found ? { evidence: `“${excerpt(found[0])}” is a web address` } : null
  },
}
