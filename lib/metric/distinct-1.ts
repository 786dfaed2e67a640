import { kindMetric, tenths } from './kind-metric'
import { distinct } from './ngrams'

export const distinct1 = kindMetric({ id: 'distinct-1', label: 'Distinct words', unit: 'unique of all', bins: tenths, of: (texts) => distinct(texts, 1) })
