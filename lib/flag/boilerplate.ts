import { excerpt } from '@/lib/caption/words'
import { named } from './catalog'
import type { FlagRule } from './types'

const PHRASES = /\b(?:(?:click|tap) (?:to|for) (?:enlarge|zoom|view|open|see)|click (?:on )?(?:the )?(?:image|photo|picture)|stock (?:photo|image|photograph|picture|illustration|footage|vector)s?|royalty[- ]free|(?:image|photo) may contain|may be an? (?:image|graphic|illustration|meme|close-?up) of|embedded image permalink|profile (?:photo|picture|image)|image result for|(?:no|missing) (?:image|photo|picture)(?: available| found)?$|(?:image|photo) (?:not available|not found|unavailable|coming soon|missing)|all rights reserved|(?:getty images|shutterstock|alamy|istock(?:photo)?|dreamstime|depositphotos|123rf)|featured image|default (?:image|avatar|thumbnail)|placeholder(?: image)?|thumbnail(?: image)?$|loading\.\.\.|skip to (?:main )?content|pin it|share (?:on|this)|photo credit|image credit|courtesy of|untitled)\b|©|\(c\) ?\d{4}/i

export const boilerplate: FlagRule = {
  ...named('boilerplate'),
  on: 'alt',
  check({ text = '' }) {
    const found = PHRASES.exec(text.slice(0, 5000))
    return found ? { evidence: `“${excerpt(found[0])}” belongs to the web page, not to the picture` } : null
  },
}
