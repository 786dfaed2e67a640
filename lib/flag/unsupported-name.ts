import { dataIn } from '@/lib/captioner/delimit'
import { namesIn } from '@/lib/caption/grammar'
import { plainWords } from '@/lib/caption/words'
import { named } from './catalog'
import type { FlagRule } from './types'

/** English only, and only where the prompt is known: without it nobody can tell what was supplied. A name is supported when every word of it stands in the alt text, on the picture, in the key, or in data that the prompt carried. */
export const unsupportedName: FlagRule = {
  ...named('unsupported-name'),
  on: 'model',
  check({ text = '', alt = '', ocr = [], prompt, key, language = 'en' }) {
    if (language !== 'en' || !prompt) return null
    const given = new Set(plainWords([alt, ...ocr, key, ...dataIn(prompt.user).map((block) => block.text)].join('\n')).flatMap((word) => [word, word.replace(/['’]s$/, '')]))
    const name = namesIn(text).find((one) => plainWords(one).some((word) => word.length > 1 && !given.has(word) && !given.has(word.replace(/['’]s$/, ''))))
    return name ? { evidence: `“${name}” stands neither in the alt text nor on the picture` } : null
  },
}
