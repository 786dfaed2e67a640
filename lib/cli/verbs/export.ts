import path from 'node:path'
import { datasetByName } from '@/lib/dataset/store'
import { AppError } from '@/lib/errors'
import { exportNow } from '@/lib/export/run'
import { IMAGES, type ReleaseInput } from '@/lib/export/schema'
import type { Verb } from '../types'
import { number, required, text, texts, wrongUse } from '../values'

function numbersByName(option: string, given: readonly string[]): Record<string, number> | undefined {
  if (given.length === 0) return undefined
  return Object.fromEntries(
    given.flatMap((list) => list.split(',')).map((one) => {
      const [name, value] = one.split('=')
      if (!name || !(Number(value) >= 0)) throw wrongUse(`--${option} is written <name>=<number>[,…]; “${one}” is not.`)
      return [name.trim(), Number(value)]
    }),
  )
}

const oneOf = <T extends string>(option: string, value: string | undefined, allowed: readonly T[]): T | undefined => {
  if (value === undefined) return undefined
  const found = allowed.find((one) => one === value)
  if (!found) throw wrongUse(`--${option} is one of ${allowed.join(', ')}; “${value}” is none.`)
  return found
}

export const exportVerb: Verb = {
  id: 'export',
  usage: '--dataset <name> --format <id> --out <folder> [--p 0.95] [--seed 0] [--filter <q>] [--standing approved,pending] [--weight <kind>=<n>,…] [--mode materialised|quota|weighted] [--images copy|link|relative|reference] [--splits train=0.9,val=0.1]',
  summary: 'Blend the captions and write a release that is proved by reading it back.',
  options: {
    dataset: { type: 'string' }, format: { type: 'string' }, out: { type: 'string' }, p: { type: 'string' }, seed: { type: 'string' }, filter: { type: 'string' }, standing: { type: 'string' },
    weight: { type: 'string', multiple: true }, mode: { type: 'string' }, images: { type: 'string' }, splits: { type: 'string' }, profile: { type: 'string' }, 'no-fallback': { type: 'boolean' }, 'nothing-recognised': { type: 'boolean' },
  },
  takes: [0, 0],
  notes: ['p is the share of samples that get a synthetic caption (DALL·E 3: 0.95); the others get their alt text.', 'Dropped samples and quarantined captions are left out. The folder must not exist yet, or be empty.'],
  async run(_args, values, io) {
    const standings = text(values, 'standing')?.split(',').map((one) => one.trim())
    const input: ReleaseInput = {
      dataset: (await datasetByName(required(values, 'dataset'))).name,
      format: required(values, 'format'),
      out: path.resolve(required(values, 'out')),
      p: number(values, 'p', [0, 1]),
      seed: number(values, 'seed', [-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER], true),
      filter: text(values, 'filter'),
      standings: standings?.map((one) => oneOf('standing', one, ['pending', 'approved', 'rejected']) ?? 'pending'),
      weights: numbersByName('weight', texts(values, 'weight')),
      mode: oneOf('mode', text(values, 'mode'), ['materialised', 'quota', 'weighted']),
      images: oneOf('images', text(values, 'images'), IMAGES),
      splits: numbersByName('splits', texts(values, 'splits')),
      profile: oneOf('profile', text(values, 'profile'), ['exact', 'spreadsheet']),
      fallback: values['no-fallback'] === true ? false : undefined,
      includeNothingRecognised: values['nothing-recognised'] === true ? true : undefined,
    }
    const done = await exportNow(input, { anywhere: true, signal: io.signal, onProgress: (at) => io.progress('export', `${at.phase === 'write' ? 'writing' : 'reading back'}: ${at.done.toLocaleString('en')} of ${at.total.toLocaleString('en')}`) })
    if (io.signal.aborted) throw new AppError('unavailable', 'Stopped. Nothing half-written stays.')
    const { release, samples, byKind, effectiveP, fallbacks, manifest } = done
    return {
      result: { release, samples, byKind, effectiveP, fallbacks, manifest, path: done.path, seconds: done.seconds },
      text: [`release ${release}: ${samples.toLocaleString('en')} samples in ${done.path}`, ...Object.entries(byKind).map(([kind, count]) => `  ${kind}: ${count.toLocaleString('en')}`), `effective p ${effectiveP.toFixed(4)}, ${fallbacks.toLocaleString('en')} fallbacks`, `proved by ${manifest}`].join('\n'),
    }
  },
}
