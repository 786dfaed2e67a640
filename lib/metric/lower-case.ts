import { casingOf } from '@/lib/caption/habits'
import { kindMetric, tenths } from './kind-metric'

export const lowerCase = kindMetric({ id: 'lower-case', label: 'All lower case', unit: 'share', bins: tenths, of: (texts) => (texts.length === 0 ? null : texts.filter((text) => casingOf(text) === 'lower').length / texts.length) })
