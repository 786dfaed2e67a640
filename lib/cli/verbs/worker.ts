import { closeCaptioners } from '@/lib/captioner/choose'
import { sweepReleases } from '@/lib/export/run'
import { work } from '@/lib/job/loop'
import { newOwner } from '@/lib/job/owner'
import { messageOf } from '@/lib/errors'
import { log } from '@/lib/log'
import { wakeRuns } from '@/lib/recaption/store'
import { wakeOpenBatches } from '@/lib/recaption/turn-store'
import { recoverBatches } from '@/lib/review/run'
import { handlers } from '../handlers'
import type { Verb } from '../types'

/** How often, while idle, the rows are asked for work that lost its job. */
const WAKE_MS = 5000

export const worker: Verb = {
  id: 'worker',
  usage: '',
  summary: 'Work through the queue until stopped. Several may share one home.',
  options: {},
  takes: [0, 0],
  async run(_args, _values, io) {
    const parent = process.ppid
    const stop = new AbortController()
    // Started by a supervisor that is gone, nobody would stop this process.
    const orphaned = setInterval(() => process.ppid !== parent && stop.abort(), 500)
    let woken = 0
    try {
      await recoverBatches()
      await sweepReleases()
      await work(handlers, {
        signal: AbortSignal.any([io.signal, stop.signal]),
        owner: newOwner(),
        onIdle() {
          if (Date.now() - woken < WAKE_MS) return
          woken = Date.now()
          wakeRuns()
          wakeOpenBatches()
        },
      })
    } catch (error) {
      log.error(error, messageOf(error))
      throw error
    } finally {
      clearInterval(orphaned)
      await closeCaptioners()
    }
    return { result: { stopped: true }, text: 'stopped' }
  },
}
