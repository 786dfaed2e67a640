import { clipTokens as count } from '@/lib/caption/tokens'
import { between, captionMetric } from './kind-metric'

export const clipTokens = captionMetric({ id: 'clip-tokens', label: 'CLIP tokens', unit: 'tokens with both end marks', bins: between(0, 10, 20, 40, 60, 78, 152, 228), of: count })
