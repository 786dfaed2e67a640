import { between, kindMetric } from './kind-metric'
import { tokensOf } from './text'

export const vocabulary = kindMetric({ id: 'vocabulary', label: 'Vocabulary', unit: 'different words', bins: between(0, 100, 1000, 10_000, 100_000), of: (texts) => new Set(texts.flatMap(tokensOf)).size })
