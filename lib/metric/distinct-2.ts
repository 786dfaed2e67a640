import { kindMetric, tenths } from './kind-metric'
import { distinct } from './ngrams'

export const distinct2 = kindMetric({ id: 'distinct-2', label: 'Distinct word pairs', unit: 'unique of all', bins: tenths, of: (texts) => distinct(texts, 2) })
