import path from 'node:path'
import { florenceLayout, florenceModels, PRECISION_IDS, type Precision } from '@/lib/captioner/florence-files'
import { fetchFlorence } from '@/lib/captioner/florence-hub'
import { env } from '@/lib/env'
import { messageOf } from '@/lib/errors'
import type { Verb } from '../types'
import { counted, text, wrongUse } from '../values'

const MB = 1_000_000
const folder = path.join(env.home, 'models')

function stateOf(model: string): { model: string; parts?: object; lacks?: string } {
  try {
    return { model, parts: florenceLayout(folder, model) }
  } catch (error) {
    return { model, lacks: messageOf(error) }
  }
}

export const models: Verb = {
  id: 'models',
  usage: '[get <owner>/<name>] [--precision <p>]',
  summary: 'List the local models, or fetch a Florence-2 from the hub.',
  options: { precision: { type: 'string' } },
  takes: [0, 2],
  notes: [`Models stand in ${path.join('<RECAPTION_HOME>', 'models', '<owner>', '<name>')}. Nothing is fetched unless this verb is asked to; HF_ENDPOINT names another hub.`, `Precisions: ${PRECISION_IDS.join(' ')}; q4 when left out (a third of a gigabyte for Florence-2-base).`],
  async run([act, model], values, io) {
    if (act === undefined) {
      const all = florenceModels(folder).map(stateOf)
      return { result: { folder, models: all }, text: all.map(({ model: name, lacks }) => lacks ?? `${name}: ready`).join('\n') || `There is no local model in ${folder}. Fetch one: recaption models get onnx-community/Florence-2-base-ft` }
    }
    if (act !== 'get' || !model) throw wrongUse('Write “recaption models” or “recaption models get <owner>/<name>”.')
    const asked = text(values, 'precision') ?? 'q4'
    const precision = PRECISION_IDS.find((one): one is Precision => one === asked)
    if (!precision) throw wrongUse(`--precision takes ${PRECISION_IDS.join(', ')}; “${asked}” is none.`)
    const seen = new Set<string>()
    const parts = await fetchFlorence({
      folder, model, precision, host: env.hub, signal: io.signal,
      onProgress({ file, loaded, total }) {
        seen.add(file)
        io.progress('models', `${file}: ${(loaded / MB).toFixed(0)} of ${total ? (total / MB).toFixed(0) : '?'} MB`)
      },
    })
    return { result: { model, folder: path.join(folder, model), parts, files: seen.size }, text: `${model} is ready in ${path.join(folder, model)} (${counted(seen.size, 'file')} fetched). Use it: recaption run --captioner florence --model ${model} …` }
  },
}
