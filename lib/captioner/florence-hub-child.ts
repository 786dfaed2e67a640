// Fetches one model and ends. transformers.js keeps files of the hub in its cache folder as <owner>/<name>/<file>, which is
// the layout local models are looked for in; each gets its name once it is whole.
import { isAppError, messageOf } from '@/lib/errors'
import { layoutAt } from './florence-files'
import type { HubAnswer, HubAsk } from './florence-hub'
import { library } from './transformers'

const answer = (message: HubAnswer) => process.send?.(message)

async function fetchModel({ folder, model, precision, host }: HubAsk) {
  const { AutoProcessor, env, Florence2ForConditionalGeneration } = await library()
  env.allowLocalModels = false
  env.remoteHost = host
  env.cacheDir = folder
  const progress_callback = (info: { status: string; file?: string; loaded?: number; total?: number }) => {
    if (info.status === 'progress' && info.file) answer({ file: info.file, loaded: info.loaded ?? 0, total: info.total ?? 0 })
  }
  await AutoProcessor.from_pretrained(model, { progress_callback })
  await Florence2ForConditionalGeneration.from_pretrained(model, { dtype: layoutAt(precision), progress_callback })
}

process.once('message', (ask: HubAsk) => {
  fetchModel(ask).then(
    () => answer({ done: true }),
    (error: unknown) => answer({ error: { code: isAppError(error) ? error.code : 'unavailable', message: isAppError(error) ? error.message : `${ask.model} could not be fetched from ${ask.host}: ${messageOf(error).slice(0, 300)}` } }),
  )
})
process.on('disconnect', () => process.exit(0))
