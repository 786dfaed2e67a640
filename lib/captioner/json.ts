/** The first whole JSON object in a text: `from` and `to` of its braces, quotation marks respected. */
function braces(text: string): [number, number] | undefined {
  const from = text.indexOf('{')
  if (from < 0) return undefined
  let depth = 0
  let quoted = false
  for (let i = from; i < text.length; i++) {
    const character = text[i]
    if (quoted) {
      if (character === '\\') i++
      else if (character === '"') quoted = false
    } else if (character === '"') quoted = true
    else if (character === '{') depth++
    else if (character === '}' && --depth === 0) return [from, i + 1]
  }
  return undefined
}

const MOST = 100_000

/**
 * An object out of an answer, forgiving what models add: a fence, words around it, a comma too many. Undefined when
 * there is none; `broken` when one begins and cannot be read.
 */
export function objectIn(answer: string): { value: Record<string, unknown> } | { broken: string } | undefined {
  const text = answer.slice(0, MOST)
  if (!text.includes('{')) return undefined
  const place = braces(text)
  if (!place) return /^\s*(?:```(?:json)?\s*)?\{/.test(text) ? { broken: 'it begins as JSON and does not end' } : undefined
  const inside = text.slice(...place)
  for (const candidate of [inside, inside.replace(/,(\s*[}\]])/g, '$1')]) {
    try {
      return { value: JSON.parse(candidate) as Record<string, unknown> }
    } catch {
      // the next reading forgives more
    }
  }
  return /^\s*(?:```(?:json)?\s*)?\{/.test(text) ? { broken: 'it begins as JSON and cannot be read' } : undefined
}
