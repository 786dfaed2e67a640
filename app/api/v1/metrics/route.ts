import { door } from '@/app/api/door'
import { encoderStates } from '@/lib/caption/encoders'
import { metrics } from '@/lib/metric'

/** What is measured of captions, and of kinds of captions; and whether text encoders count by their own tokenizer. */
export const GET = door(() => ({ metrics: metrics.all.map(({ id, version, label, unit, per }) => ({ id, version, label, unit, per })), encoders: encoderStates() }))
