// The describer's own process: native inference that crashes or grows takes nothing else with it.
// Arguments: the folder for converted weights, the number of threads.
import { isAppError, messageOf } from '@/lib/errors'
import { prepareModels } from '@/scripts/models.mjs'
import { loadDetectors } from './detectors'
import { lookAt } from './look'
import type { Answer, Ask } from './protocol'
import { loadReader } from './reader'

class Forgotten extends Error {}

const [models, threadsText] = process.argv.slice(2)
const threads = Number(threadsText)

async function load() {
  const { dir } = await prepareModels(models)
  const [detectors, reader] = await Promise.all([loadDetectors(dir, threads), loadReader(threads)])
  return { detectors, reader }
}
type Eyes = Awaited<ReturnType<typeof load>>

let loading: Promise<Eyes> | undefined
/** Loads once; a failure is forgotten, so that the next call tries again. */
const eyes = () =>
  (loading ??= load().catch((error: unknown) => {
    loading = undefined
    throw error
  }))

const forgotten = new Set<number>()
const answer = (message: Answer) => process.send?.(message)

async function look({ id, bytes }: { id: number; bytes: Uint8Array }) {
  const stop = () => {
    if (forgotten.has(id)) throw new Forgotten()
  }
  try {
    stop()
    const sight = await lookAt(bytes, await eyes(), stop)
    answer({ id, sight })
  } catch (error) {
    if (error instanceof Forgotten) return
    answer({ id, error: isAppError(error) ? { code: error.code, message: error.message } : { code: 'unavailable', message: messageOf(error) } })
  } finally {
    forgotten.delete(id)
  }
}

// One picture at a time: inference uses all the threads it may have.
let queue = Promise.resolve()
process.on('message', (ask: Ask) => {
  if (ask.kind === 'forget') forgotten.add(ask.id)
  else queue = queue.then(() => look(ask))
})
process.on('disconnect', () => process.exit(0))
