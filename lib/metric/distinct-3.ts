import { kindMetric, tenths } from './kind-metric'
import { distinct } from './ngrams'

export const distinct3 = kindMetric({ id: 'distinct-3', label: 'Distinct word triples', unit: 'unique of all', bins: tenths, of: (texts) => distinct(texts, 3) })
