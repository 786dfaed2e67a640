// A local model's own process: its memory is given back by ending it, and a crash takes nothing else with it.
import { AppError, isAppError, messageOf } from '@/lib/errors'
import { pixels } from '@/lib/media/picture'
import type { FlorenceAnswer, FlorenceAsk } from './florence-protocol'
import { library } from './transformers'

/** Florence-2 looks at 768 × 768. */
const LONGEST_SIDE = 1024

async function load({ folder, model, layout }: FlorenceAsk) {
  const { AutoProcessor, env, Florence2ForConditionalGeneration, Florence2Processor, RawImage } = await library()
  env.allowRemoteModels = false
  env.localModelPath = `${folder}/`
  const [network, processor] = await Promise.all([Florence2ForConditionalGeneration.from_pretrained(model, { dtype: layout, local_files_only: true }), AutoProcessor.from_pretrained(model, { local_files_only: true })])
  if (!(processor instanceof Florence2Processor) || !processor.tokenizer) throw new AppError('refused', `The local model ${model} has no Florence-2 processor: its preprocessor_config.json names another.`)
  const { tokenizer } = processor
  return async ({ bytes, task, maxTokens }: FlorenceAsk) => {
    const { data, width, height } = await pixels(bytes, LONGEST_SIDE)
    const image = new RawImage(new Uint8ClampedArray(data), width, height, 3)
    const inputs = (await processor(image, processor.construct_prompts(task))) as Record<string, unknown>
    const generated = await network.generate({ ...inputs, max_new_tokens: maxTokens })
    if (!('tolist' in generated)) throw new AppError('unavailable', 'The local model gave no tokens.')
    const [ids] = generated.tolist() as bigint[][]
    const [raw] = tokenizer.batch_decode(generated, { skip_special_tokens: false })
    const found = (processor.post_process_generation(raw, task, image.size) as Record<string, unknown>)[task]
    return { text: typeof found === 'string' ? found.trim() : '', tokens: ids.length, cut: ids.length >= maxTokens }
  }
}

const models = new Map<string, ReturnType<typeof load>>()
const answer = (message: FlorenceAnswer) => process.send?.(message)

process.on('message', (ask: FlorenceAsk) => {
  const place = `${ask.folder} ${ask.model}`
  const model = models.get(place) ?? load(ask)
  models.set(place, model)
  model
    .then((write) => write(ask))
    .then(
      (written) => answer({ id: ask.id, ...written }),
      (error: unknown) => {
        if (isAppError(error)) return answer({ id: ask.id, error: { code: error.code, message: error.message } })
        models.delete(place)
        answer({ id: ask.id, error: { code: 'unavailable', message: `The local model ${ask.model} failed: ${messageOf(error).slice(0, 300)}` } })
      },
    )
})
process.on('disconnect', () => process.exit(0))
