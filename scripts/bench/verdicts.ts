// A reviewer beside an import: decides one caption every 50 ms in a process of its own until it is told to stop, then
// prints how long its decisions took. `RECAPTION_HOME=… tsx …`
import { setTimeout } from 'node:timers/promises'
import { decideCaption } from '@/lib/review/store'
import { seed } from '@/lib/review/testing'
import { spread } from './result'

const { short } = seed({ samples: 200, name: 'desk' })
const versions = new Map(short.map((id) => [id, 0]))
const times: number[] = []
let going = true
process.once('message', () => (going = false))
process.send?.('ready')
for (let at = 0; going; at++) {
  const id = short[at % short.length]
  const version = versions.get(id) ?? 0
  const from = performance.now()
  await decideCaption({ reviewer: 'bench' }, id, { decision: at % 2 ? 'approve' : 'clear', version, reasons: [], note: '' })
  times.push(performance.now() - from)
  versions.set(id, version + 1)
  await setTimeout(50)
}
process.send?.({ ...spread(times), decisions: times.length })
process.disconnect()
