import { excerpt } from '@/lib/caption/words'
import { named } from './catalog'
import type { FlagRule } from './types'

const OPENING = /^["“'\s]*(?:(?:sure|certainly|of course|okay|ok|absolutely|great)[,.!:]|here(?: is|['’]s| are)\b[^.:\n]{0,60}(?:caption|description|image|picture)|caption ?:|description ?:|(?:in|on) (?:the|this) (?:image|picture|photo|photograph|video|scene|frame)\b|(?:the|this) (?:given |provided |attached )?(?:image|picture|photo|photograph|video|clip|scene|footage|screenshot|illustration) (?:shows?|depicts?|features?|captures?|presents?|displays?|contains?|portrays?|illustrates?|showcases?|is (?:of|a|an)|appears|seems)\b|(?:we|you|i) (?:can )?see\b)/i

export const bannedOpening: FlagRule = {
  ...named('banned-opening'),
  on: 'model',
  check({ text = '' }) {
    const found = OPENING.exec(text.slice(0, 300))
    return found ? { evidence: `the text opens with “${excerpt(found[0].replace(/^["“'\s]+/, ''))}”` } : null
  },
}
