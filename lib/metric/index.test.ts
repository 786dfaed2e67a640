import { metrics } from './index'
import { describeMetric } from './contract'

metrics.all.forEach(describeMetric)
