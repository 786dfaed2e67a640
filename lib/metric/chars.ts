import { between, captionMetric } from './kind-metric'

/** Code points, so that an emoji is one. */
export const chars = captionMetric({ id: 'chars', label: 'Characters', unit: 'characters', bins: between(0, 25, 50, 100, 200, 400, 800), of: (text) => [...text].length })
