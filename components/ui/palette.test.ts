import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync('app/globals.css', 'utf8')
const tokens = new Map([...css.matchAll(/--color-([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, light, dark]) => [name, { light, dark }]))

const channel = (hex: string, at: number) => {
  const value = parseInt(hex.slice(at, at + 2), 16) / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}
const luminance = (hex: string) => 0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5)
const contrast = (a: string, b: string) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}
const colour = (name: string, scheme: 'light' | 'dark') => {
  const token = tokens.get(name)
  if (!token) throw new Error(`no token ${name}`)
  return token[scheme]
}

const GROUNDS = ['sunken', 'page', 'raised', 'hover']
/** Text on its ground must reach 4.5 : 1, signs and edges of fields 3 : 1 (WCAG 2.2 AA). */
const TEXT: [string, string[]][] = [
  ...['ink', 'soft', 'faint', 'accent', 'pending', 'approved', 'rejected', 'edited', 'flag', 'source', 'model', 'human'].map((name): [string, string[]] => [name, GROUNDS]),
  ...['pending', 'approved', 'rejected', 'edited', 'source', 'model', 'human', 'flag', 'accent'].map((name): [string, string[]] => [name, [`${name}-tint`]]),
  ['soft', ['pending-tint']],
  // a cut tail within what an edit changed, and within what is marked
  ['faint', ['approved-tint', 'rejected-tint', 'flag-tint', 'accent-tint']],
  ['on-accent', ['accent', 'accent-hover']],
]

describe.each(['light', 'dark'] as const)('%s scheme', (scheme) => {
  test.each(TEXT)('%s can be read', (name, grounds) => {
    for (const ground of grounds) expect(contrast(colour(name, scheme), colour(ground, scheme)), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5)
  })
  test.each(['line-strong', 'supported', 'contradicted', 'unknown', 'accent'])('%s can be told from the ground', (name) => {
    for (const ground of ['sunken', 'page', 'raised']) expect(contrast(colour(name, scheme), colour(ground, scheme)), `${name} on ${ground}`).toBeGreaterThanOrEqual(3)
  })
})
