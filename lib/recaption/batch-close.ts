import { setTimeout as sleep } from 'node:timers/promises'
import { cancelBatches, collectBatches, type BatchContext, type Take } from '@/lib/captioner/batch'
import { endpointOf } from '@/lib/captioner/store'
import { isAppError, messageOf } from '@/lib/errors'
import { log } from '@/lib/log'
import type { RunRow } from './schema'
import { runById } from './store'
import { endedWithBatches, sayOfEnded } from './turn-store'

/** So long nobody tries again where the endpoint could not be reached, … */
const SOON_MS = 60_000
/** … and where a person has to mend something first. */
const LATER_MS = 10 * 60_000

/** What is told of an ended run while its batches could not be ended too. */
const STILL_OPEN = ' Its batches may still be under way and paid for, since they could not be cancelled: '

/**
 * Cancels the batches a run left open that was ended, and collects what they had finished: its answers are paid for and
 * serve the next run that asks the same. Gives for how many ms it is not to be tried again; 0 when nothing is open.
 */
export async function closeBatches({ id, captioner }: RunRow, { signal, pollMs, take }: { signal: AbortSignal; pollMs: number; take: Take }): Promise<number> {
  const why = () => runById(id).why.split(STILL_OPEN)[0]
  try {
    while (endedWithBatches(id)) {
      const context: BatchContext = { runId: id, captioner, endpoint: await endpointOf(captioner), signal }
      await cancelBatches(context)
      const { open } = await collectBatches(context, take)
      sayOfEnded(id, why())
      if (open > 0) await sleep(pollMs, undefined, { signal })
    }
    return 0
  } catch (error) {
    if (signal.aborted || !isAppError(error)) throw error
    log.warn({ run: id, error: messageOf(error) }, 'the batches of an ended run could not be ended')
    if (error.code === 'unavailable') return SOON_MS
    sayOfEnded(id, `${why()}${STILL_OPEN}${error.message}`)
    return LATER_MS
  }
}
