import { kindMetric, tenths } from './kind-metric'

export const duplicates = kindMetric({ id: 'duplicates', label: 'Repeated captions', unit: 'share beyond the first of each text', bins: tenths, of: (texts) => (texts.length === 0 ? null : 1 - new Set(texts).size / texts.length) })
