import { wordCount } from '@/lib/caption/count'
import { between, captionMetric } from './kind-metric'

export const words = captionMetric({ id: 'words', label: 'Words', unit: 'words', bins: between(0, 5, 10, 15, 20, 30, 40, 60, 80, 120), of: wordCount })
