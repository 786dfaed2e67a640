import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '@/lib/errors'

const CONFIG = ['config.json', 'generation_config.json', 'preprocessor_config.json', 'tokenizer.json', 'tokenizer_config.json']
export const PARTS = ['vision_encoder', 'embed_tokens', 'encoder_model', 'decoder_model_merged'] as const
/** How transformers.js names precisions in file names; the first that is there is used. */
const PRECISIONS = [['fp32', ''], ['q4', '_q4'], ['q8', '_quantized'], ['fp16', '_fp16'], ['int8', '_int8'], ['uint8', '_uint8'], ['bnb4', '_bnb4'], ['q4f16', '_q4f16']] as const
export type Precision = (typeof PRECISIONS)[number][0]
export const PRECISION_IDS = PRECISIONS.map(([id]) => id)
export type Layout = Record<(typeof PARTS)[number], Precision>

/** A look-up table gains nothing from blocks of four bits: exports keep it as it is, and it is fetched so. */
export const layoutAt = (precision: Precision): Layout => ({ vision_encoder: precision, embed_tokens: ['q4', 'bnb4'].includes(precision) ? 'fp32' : precision, encoder_model: precision, decoder_model_merged: precision })

/** Models below a folder, as "owner/name", that look like Florence-2: a config and the language decoder's folder. */
export function florenceModels(folder: string): string[] {
  if (!existsSync(folder)) return []
  const inside = (dir: string) => readdirSync(dir, { withFileTypes: true }).filter((one) => one.isDirectory() || one.isSymbolicLink()).map((one) => one.name)
  return inside(folder)
    .flatMap((owner) => inside(path.join(folder, owner)).map((name) => `${owner}/${name}`))
    .filter((model) => existsSync(path.join(folder, model, 'config.json')) && existsSync(path.join(folder, model, 'onnx')))
    .sort()
}

/** Throws `invalid` for what is not owner/name. */
export function checkModelName(model: string): void {
  if (!/^[\w.-]+\/[\w.-]+$/.test(model) || model.includes('..')) throw new AppError('invalid', `“${model}” names no local model; it is written owner/name, for example onnx-community/Florence-2-base-ft.`)
}

/** The precision of each part. Throws `refused` and names every file that is missing, before anything is loaded. */
export function florenceLayout(folder: string, model: string): Layout {
  checkModelName(model)
  const at = (...parts: string[]) => path.join(folder, model, ...parts)
  const missing = CONFIG.filter((file) => !existsSync(at(file)))
  const layout: Partial<Layout> = {}
  for (const part of PARTS) {
    const found = PRECISIONS.find(([, suffix]) => existsSync(at('onnx', `${part}${suffix}.onnx`)))
    if (found) layout[part] = found[0]
    else missing.push(`onnx/${part}.onnx`)
  }
  if (missing.length) throw new AppError('refused', `The local model ${model} lacks ${missing.join(', ')} in ${at()}. Put the files of the ONNX export there (a precision suffix such as _q4 is fine), or fetch them: recaption models get ${model}`, { detail: { cause: 'files', missing } })
  return layout as Layout
}
