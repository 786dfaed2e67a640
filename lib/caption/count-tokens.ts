import { setImmediate } from 'node:timers/promises'
import { setTokens, uncounted } from './store'
import { clipTokens } from './tokens'

// Small enough that writing one chunk holds the database for a few milliseconds only.
const CHUNK = 1000

/** Counts the CLIP tokens of captions that were not counted yet, once for each. May be run again at any time. Returns how many. */
export async function countTokens(datasetId: number, signal?: AbortSignal): Promise<number> {
  let counted = 0
  for (let after = 0; ; ) {
    signal?.throwIfAborted()
    const captions = uncounted(datasetId, after, CHUNK)
    if (captions.length === 0) return counted
    setTokens(captions.map(({ id, text }) => ({ id, tokens: clipTokens(text) })))
    counted += captions.length
    after = captions[captions.length - 1].id
    await setImmediate()
  }
}
