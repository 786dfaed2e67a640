import { sentenceEnd, sentenceStart } from './strike'

export type Span = { start: number; end: number }

/** Whether `after` differs from `before` in the sentences of these spans only (UTF-16 offsets into `before`), space at the ends aside. */
export function changesOnlyIn(before: string, after: string, spans: readonly Span[]): boolean {
  if (spans.length === 0) return before.trim() === after.trim()
  const from = Math.min(...spans.map((span) => sentenceStart(before, span.start)))
  const to = Math.max(...spans.map((span) => sentenceEnd(before, span.end)))
  const [head, tail, text] = [before.slice(0, from).trim(), before.slice(to).trim(), after.trim()]
  return text.length >= head.length + tail.length && text.startsWith(head) && text.endsWith(tail)
}
