import { tokenizerOf } from './encoders'
import { estimatedCut } from './estimate'
import { limits, type Cuts } from './limits'
import { clipCut, CLIP_MARKS } from './tokens'

/**
 * Where encoders stop reading a text, by the id of the limit, as far as it is known exactly. CLIP is left out where all of
 * it fits; an encoder with a tokenizer file says null where all of it fits though an estimate would cut it.
 */
export function cutsOf(text: string): Cuts {
  const out: Record<string, number | null> = {}
  for (const { id, counts, tokens } of limits) {
    if (counts === 'clip') {
      // a token is a character at least
      const at = text.length <= tokens - CLIP_MARKS ? null : clipCut(text, tokens)
      if (at !== null) out[id] = at
    } else {
      const tokenizer = tokenizerOf(counts)
      const at = tokenizer?.cut(text, tokens)
      if (at !== undefined && (at !== null || estimatedCut(text, tokens) !== null)) out[id] = at
    }
  }
  return out
}
