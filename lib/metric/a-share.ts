import { openingOf } from '@/lib/caption/habits'
import { kindMetric, tenths } from './kind-metric'

/** How many of these texts begin with “a” or “an”: the habit that DALL·E 3's report names. */
export const aShare = (texts: readonly string[]): number | null => (texts.length === 0 ? null : texts.filter((text) => ['a', 'an'].includes(openingOf(text))).length / texts.length)

export const aAn = kindMetric({ id: 'a-share', label: 'Begins with a or an', unit: 'share', bins: tenths, of: aShare })
