import { refusalIn } from '@/lib/caption/refusal'
import { wordsOf } from '@/lib/caption/words'
import { objectIn } from '@/lib/captioner/json'
import type { Accepted } from './types'

const MOST_CHARACTERS = 20_000
/** An answer that declines within its first words and is short is a refusal and nothing else. */
const REFUSAL_WITHIN = 40
const REFUSAL_WORDS = 60
const PREAMBLE = /^(?:(?:sure|certainly|of course|okay|ok|absolutely|great)[,.!:]\s*)?(?:(?:here(?: is|['’]s|\sare)|this is|below is)\b[^:\n]{0,80}\b(?:caption|description|text|sentence|version|rewrite)\b[^:\n]{0,40}:|\**(?:short |detailed |final |new |revised |corrected |improved |rewritten )?(?:caption|description|answer|alt text|output)\**\s*:\**)\s*/i
const SURE = /^(?:sure|certainly|of course|okay|ok|absolutely|great)[!:]\s+(?=\S)/i
const PAIRS: readonly (readonly [string, string])[] = [['"', '"'], ['“', '”'], ['«', '»'], ["'", "'"], ['‘', '’'], ['**', '**'], ['*', '*'], ['`', '`'], ['_', '_']]

function unquote(text: string): string {
  for (const [open, close] of PAIRS) {
    if (text.length <= open.length + close.length || !text.startsWith(open) || !text.endsWith(close)) continue
    const inside = text.slice(open.length, -close.length)
    if (!inside.includes(open) && !inside.includes(close)) return inside.trim()
  }
  return text
}

function unwrap(text: string): string {
  const found = text.startsWith('{') ? objectIn(text) : undefined
  if (!found || !('value' in found)) return text
  const said = ['caption', 'description', 'text', 'answer'].map((name) => found.value[name]).find((value) => typeof value === 'string')
  return typeof said === 'string' ? said : text
}

/** One round: what models put around a caption is taken off; the caption stays as it is. */
const once = (text: string): string =>
  unquote(
    unwrap(
      text
        .replace(/<think>[\s\S]*?<\/think>/gi, ' ')
        .replace(/^```[a-z]*\n?([\s\S]*?)\n?```$/i, '$1')
        .replace(/[\p{Cc}\u200B\u2060\uFEFF\u202A-\u202E\u2066-\u2069\u{E0000}-\u{E007F}]/gu, (character) => (/[\n\t\r]/.test(character) ? ' ' : ''))
        .trim()
        .replace(PREAMBLE, '')
        .replace(SURE, ''),
    ),
  )
    .replace(/\s+/g, ' ')
    .trim()

/** A draft without preamble, fence, quotation marks around it and hidden characters, on one line. Cleaning twice changes nothing. */
export function clean(draft: string): string {
  let text = draft.slice(0, MOST_CHARACTERS * 2).toWellFormed()
  for (let round = 0; round < 20; round++) {
    const next = once(text)
    if (next === text) break
    text = next
  }
  return text
}

/** Whether a draft is a caption at all. */
export function acceptText(draft: string, mostWords: number): Accepted {
  const text = clean(draft)
  if (!/[\p{L}\p{N}]/u.test(text)) return { ok: false, why: 'The answer holds no text.' }
  const words = text.length > MOST_CHARACTERS ? Infinity : wordsOf(text).length
  if (words > mostWords) return { ok: false, why: `The answer is too long: ${Number.isFinite(words) ? `${words} words` : `${text.length} characters`}, where at most ${mostWords} words are a caption of this kind.` }
  const refusal = refusalIn(text)
  if (refusal && refusal.at < REFUSAL_WITHIN && words <= REFUSAL_WORDS) return { ok: false, why: `The model refused: “${text.slice(0, 200)}”.`, rule: 'refusal' }
  return { ok: true, text }
}
