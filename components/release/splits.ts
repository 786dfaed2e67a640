import { Splits } from '@/lib/export/schema'

/** `train=0.9, val=0.1`, on one line or several; empty: no splits. */
export function readSplits(text: string): { splits?: Splits } | { why: string } {
  const parts = text.split(/[,\n]/).map((part) => part.trim()).filter(Boolean)
  if (parts.length === 0) return {}
  const pairs = parts.map((part) => part.split('=').map((one) => one.trim()))
  const wrong = pairs.findIndex((pair) => pair.length !== 2 || !(Number(pair[1]) > 0))
  if (wrong >= 0) return { why: `“${parts[wrong]}” is no split: write a name, “=” and a share above 0.` }
  const names = pairs.map(([name]) => name)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) return { why: `“${twice}” stands there twice.` }
  const parsed = Splits.safeParse(Object.fromEntries(pairs.map(([name, share]) => [name, Number(share)])))
  return parsed.success ? { splits: parsed.data } : { why: `${parsed.error.issues[0].message}.` }
}
