import { between, kindMetric } from './kind-metric'
import { spread, tokensOf } from './text'

const THRESHOLD = 0.72
const SHORTEST = 10
const MOST = 2000

function oneWay(tokens: readonly string[]): number | null {
  let factors = 0
  let seen = new Set<string>()
  let length = 0
  for (const [i, token] of tokens.entries()) {
    seen.add(token)
    length++
    const ratio = seen.size / length
    if (i === tokens.length - 1) factors += (1 - ratio) / (1 - THRESHOLD)
    else if (ratio < THRESHOLD && length >= SHORTEST) {
      factors++
      seen = new Set()
      length = 0
    }
  }
  return factors === 0 ? null : tokens.length / factors
}

/** MTLD (McCarthy and Jarvis 2010): how many words in a row keep a type-token ratio of .72, mean of both directions; null when no word repeats. Unsteady below 50 words. */
export function mtldOf(tokens: readonly string[]): number | null {
  const [there, back] = [oneWay(tokens), oneWay([...tokens].reverse())]
  return there === null || back === null ? null : (there + back) / 2
}

export const mtld = kindMetric({ id: 'mtld', label: 'Lexical diversity (MTLD)', unit: 'words', bins: between(0, 20, 40, 60, 80, 120), of: (texts) => mtldOf(spread(texts, MOST).flatMap(tokensOf)) })
