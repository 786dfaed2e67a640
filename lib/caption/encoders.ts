import { stat, readFile } from 'node:fs/promises'
import path from 'node:path'
import { env } from '@/lib/env'
import { messageOf } from '@/lib/errors'
import { log } from '@/lib/log'
import { estimatedPieces } from './estimate'
import { ENCODERS, type Encoder } from './limits'
import { readTokenizer, type Tokenizer } from './tokenizer'

type Loaded = { stamp: string; tokenizer: Tokenizer | null; why: string }
const held = globalThis as unknown as { recaptionEncoders?: Map<Encoder, Loaded> }
const loaded = (held.recaptionEncoders ??= new Map())
/** A file that is put there is noticed after this long. */
const LOOK_MS = 2000
let looked = Number.NEGATIVE_INFINITY
let looking: Promise<void> | undefined

/** Where tokenizer files are looked for: `<encoder>.json` or `<encoder>/tokenizer.json`. */
export const tokenizersFolder = path.join(env.home, 'models', 'tokenizers')
const placesOf = (encoder: Encoder) => [path.join(tokenizersFolder, `${encoder}.json`), path.join(tokenizersFolder, encoder, 'tokenizer.json')]

async function look(encoder: Encoder): Promise<void> {
  for (const file of placesOf(encoder)) {
    const found = await stat(/* turbopackIgnore: true */ file).catch(() => undefined)
    if (!found?.isFile()) continue
    const stamp = `${found.size}.${Math.round(found.mtimeMs)}`
    if (loaded.get(encoder)?.stamp === stamp) return
    try {
      loaded.set(encoder, { stamp, tokenizer: await readTokenizer(await readFile(/* turbopackIgnore: true */ file, 'utf8'), file), why: '' })
    } catch (error) {
      log.warn(messageOf(error))
      loaded.set(encoder, { stamp, tokenizer: null, why: messageOf(error) })
    }
    return
  }
  loaded.delete(encoder)
}

/** Looks for tokenizer files, at most every two seconds; `now`: in any case. */
export async function encodersReady(now = false): Promise<void> {
  if (!now && performance.now() - looked < LOOK_MS) return looking
  looked = performance.now()
  looking = Promise.all(ENCODERS.map(look)).then(() => undefined)
  return looking
}

/** An encoder's own tokenizer; null where none was placed or it cannot be read. */
export const tokenizerOf = (encoder: Encoder): Tokenizer | null => loaded.get(encoder)?.tokenizer ?? null

/** Places a text takes in an encoder: by its own tokenizer, or an estimate from its words. */
export const placesIn = (encoder: Encoder, text: string, words: number): number => tokenizerOf(encoder)?.count(text) ?? estimatedPieces(words)

/** What is known of the encoders: for whoever asks, with where a file belongs and why one could not be read. */
export const encoderStates = (): { encoder: Encoder; exact: boolean; why: string; place: string }[] =>
  ENCODERS.map((encoder) => ({ encoder, exact: tokenizerOf(encoder) !== null, why: loaded.get(encoder)?.why ?? '', place: path.relative(env.home, placesOf(encoder)[0]) }))

/** Changes with every tokenizer file: what was counted by another is then old. */
export const encodersStamp = (): string => ENCODERS.map((encoder) => (tokenizerOf(encoder) ? (loaded.get(encoder)?.stamp ?? '') : '-')).join(',')
