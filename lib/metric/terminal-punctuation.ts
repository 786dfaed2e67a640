import { endingOf } from '@/lib/caption/habits'
import { kindMetric, tenths } from './kind-metric'

export const terminalPunctuation = kindMetric({ id: 'terminal-punctuation', label: 'Ends with . ! or ?', unit: 'share', bins: tenths, of: (texts) => (texts.length === 0 ? null : texts.filter((text) => ['.', '!', '?'].includes(endingOf(text))).length / texts.length) })
