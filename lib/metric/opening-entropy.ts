import { openingOf } from '@/lib/caption/habits'
import { entropy } from './entropy'
import { between, kindMetric } from './kind-metric'
import { countsOf } from './ngrams'

export const openingEntropy = kindMetric({
  id: 'opening-entropy', label: 'Opening-word entropy', unit: 'bits', bins: between(0, 1, 2, 3, 4, 6, 8),
  of: (texts) => (texts.length === 0 ? null : entropy(countsOf(texts.map(openingOf)).values())),
})
