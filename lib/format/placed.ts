import { fileNames } from './keys'
import type { ReleasedSample, Sink } from './types'

/** Writes the pictures of a release below `folder`, one file each, and says where a row finds its picture. */
export function picturePlacer(sink: Sink, folder = 'images'): (sample: ReleasedSample) => Promise<string | undefined> {
  const nameOf = fileNames()
  return async (sample) => {
    if (!sample.image) return sample.reference
    const path = `${folder}/${nameOf(sample.key)}.${sample.image.extension}`
    await sink.write(path, [sample.image.bytes])
    return path
  }
}

/** Where the picture of a sample was downloaded from, when a source column says so. */
export const urlIn = (meta: Readonly<Record<string, unknown>> | undefined): string | undefined => (typeof meta?.url === 'string' && meta.url !== '' ? meta.url : undefined)

/** JSON with the names of every object in one order, so that the same value is always the same bytes. */
export const stableJson = (value: unknown): string => JSON.stringify(value, (_, one: unknown) => (typeof one === 'object' && one !== null && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one))

/** The captions a format without candidates can still say apart: the chosen one, and the original beside it. */
export const altBeside = (sample: ReleasedSample): string | undefined => (sample.alt !== undefined && !(sample.chosen.kind === 'alt' && sample.chosen.text === sample.alt) ? sample.alt : undefined)

/** The model that wrote the chosen caption, found among the candidates. */
export function modelOfChosen({ chosen, candidates }: ReleasedSample): string | undefined {
  if (chosen.origin === 'source') return undefined
  for (const one of candidates) if (one === chosen || (one.text === chosen.text && one.kind === chosen.kind && one.origin === chosen.origin)) return one.model ?? undefined
  return undefined
}
