import { createHash } from 'node:crypto'
import { AppError } from '@/lib/errors'
import type { Captioner } from '@/lib/captioner/types'
import { describer } from './describer'
import type { Sight } from './sight'
import { keepSightOfBytes, sightOfBytes } from './sight-store'
import { KINDS, writeCaption, type Kind } from './write'

export const BUILTIN_MODEL = 'detector-v1'

/** Sights kept in memory (about 10 kB each), so that a second caption of a picture costs nothing. */
const REMEMBERED = 500
const seen = new Map<string, Promise<Sight>>()

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/**
 * What is on a picture: objects, scene, text, colours, each with its certainty. The bytes are those of a JPEG, PNG,
 * WebP or GIF. Throws AppError 'refused' when they cannot be read, 'unavailable' when the describer's process fails.
 */
export const look = (bytes: Uint8Array, signal?: AbortSignal): Promise<Sight> => describer.look(bytes, signal)

/** `look`, remembered by the bytes' hash; a call that was given up or failed is forgotten. */
async function remembered(hash: string, bytes: Uint8Array, signal: AbortSignal): Promise<Sight> {
  const known = seen.get(hash)
  if (known) return known
  const stored = sightOfBytes(hash)
  const sight = stored ?? (await look(bytes, signal))
  if (!stored) keepSightOfBytes(hash, sight)
  seen.set(hash, Promise.resolve(sight))
  const [oldest] = seen.keys()
  if (seen.size > REMEMBERED) seen.delete(oldest)
  return sight
}

/** Ends the describer's process. The next picture starts it again. */
export const closeDescriber = (): Promise<void> => describer.close()

const isKind = (kind: string): kind is Kind => KINDS.some((one) => one === kind)

/** Detectors, a scene head and a text reader from npm packages, and our own words: needs no key and no network. */
export const builtin: Captioner = {
  id: 'builtin',
  label: 'Built-in describer (detector-based)',
  recipes: KINDS,
  models: () => Promise.resolve([BUILTIN_MODEL]),
  async write({ media, recipe, kind, model, params }, signal) {
    if (model !== BUILTIN_MODEL) throw new AppError('invalid', `The built-in describer has no model “${model}”. It has: ${BUILTIN_MODEL}.`)
    if (!isKind(kind)) throw new AppError('invalid', `The built-in describer cannot write “${kind}” captions. It writes: ${KINDS.join(', ')}.`)
    const hash = sha256(media)
    const sight = await remembered(hash, media, signal)
    signal.throwIfAborted()
    return writeCaption(sight, kind, `${hash} ${recipe} ${params.seed ?? ''}`)
  },
  close: closeDescriber,
}
