import { headOf, kindsOf } from '@/lib/caption/head'
import { lost, withLost, type Lost } from '@/lib/metric/lost'
import type { Caption, Sample } from '../api'

export type Losing = { alt: Caption; list: Lost[]; /** the head that would say it */ into: Caption; draft: string }

/** What the heads of a sample do not say of its alt text, and the edit that would say it in the longest of them; null when nothing is lost. */
export function losing({ captions }: Pick<Sample, 'captions'>): Losing | null {
  const there = captions.map((caption) => ({ ...caption, retired: false }))
  const alt = headOf(there, 'alt')
  const heads = kindsOf(there).flatMap((kind) => (kind === 'alt' ? [] : (headOf(there, kind) ?? [])))
  if (!alt || heads.length === 0) return null
  const list = lost(alt.text, heads.map((head) => head.text))
  if (list.length === 0) return null
  const into = heads.reduce((longest, head) => (head.words > longest.words ? head : longest))
  return { alt, list, into, draft: withLost(into.text, list) }
}

/** The alt text in pieces, with what is lost marked. */
export function marked(text: string, list: readonly Pick<Lost, 'start' | 'end' | 'sort'>[]): { text: string; sort?: Lost['sort'] }[] {
  const out: { text: string; sort?: Lost['sort'] }[] = []
  let from = 0
  for (const { start, end, sort } of list) {
    if (start < from) continue
    if (start > from) out.push({ text: text.slice(from, start) })
    out.push({ text: text.slice(start, end), sort })
    from = end
  }
  if (from < text.length) out.push({ text: text.slice(from) })
  return out
}
