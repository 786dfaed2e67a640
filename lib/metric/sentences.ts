import { between, captionMetric } from './kind-metric'
import { sentencesIn } from './text'

export const sentences = captionMetric({ id: 'sentences', label: 'Sentences', unit: 'sentences', bins: between(0, 1, 2, 3, 4, 6, 10), of: sentencesIn })
