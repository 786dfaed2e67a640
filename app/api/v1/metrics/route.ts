import { door } from '@/app/api/door'
import { metrics } from '@/lib/metric'

/** What is measured of captions, and of kinds of captions. */
export const GET = door(() => ({ metrics: metrics.all.map(({ id, version, label, unit, per }) => ({ id, version, label, unit, per })) }))
