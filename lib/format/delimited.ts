import { lineEndOf, longestLine } from './lines'

export type Row = { cells: readonly string[]; line: number }
export type RowFault = { problem: string; line: number }
export const isFault = (row: Row | RowFault): row is RowFault => 'problem' in row

/**
 * Splits delimited text into rows, fed in any chunks. RFC 4180 quotes, `\n`, `\r\n` and lone `\r` (where no `\n` is) as
 * line ends, also mixed. A quote that never closes costs its own line, not the rest of the file.
 */
export class RowSplitter {
  private rest = ''
  private line = 1
  private end: string | undefined
  private skipping = false

  constructor(private readonly delimiter: string, private readonly quoted: boolean) {}

  push(chunk: string, out: (Row | RowFault)[], last = false): void {
    const text = this.rest === '' ? chunk : this.rest + chunk
    this.end ??= lineEndOf(text, last)
    const end = this.end ?? '\n'
    let from = 0
    let quote = this.quoted ? text.indexOf('"') : -1
    while (from < text.length) {
      const stop = text.indexOf(end, from)
      if (stop < 0 && !last) break
      const lineEnd = stop < 0 ? text.length : stop
      if (quote >= 0 && quote < from) quote = text.indexOf('"', from)
      if (quote < 0 || quote >= lineEnd) {
        this.plain(text, from, lineEnd, out)
        from = lineEnd + 1
        continue
      }
      const next = this.withQuotes(text, from, end, last, out)
      if (next < 0) break
      from = next
    }
    this.rest = from < text.length ? text.slice(from) : ''
    if (this.rest.length > longestLine * 2) {
      // the line itself is longer than may be; go on behind its end
      if (!this.skipping) out.push({ problem: tooLong, line: this.line })
      this.skipping = true
      this.rest = ''
    }
  }

  private plain(text: string, from: number, to: number, out: (Row | RowFault)[]): void {
    const line = this.line++
    if (this.skipping) {
      this.skipping = false
      return
    }
    const stop = this.end === '\n' && text.charCodeAt(to - 1) === 13 && to > from ? to - 1 : to
    if (stop === from) return
    if (stop - from > longestLine) out.push({ problem: tooLong, line })
    else out.push({ cells: text.slice(from, stop).split(this.delimiter), line })
  }

  /** One row that has a quote somewhere. Returns where the next begins, or -1 when more text is needed. */
  private withQuotes(text: string, from: number, end: string, last: boolean, out: (Row | RowFault)[]): number {
    const cells: string[] = []
    let at = from
    for (;;) {
      if (text[at] !== '"') {
        const stop = firstOf(text.indexOf(this.delimiter, at), text.indexOf(end, at))
        if (stop < 0 && !last) return -1
        const to = stop < 0 ? text.length : stop
        const ends = to >= text.length || text[to] === end
        cells.push(ends && end === '\n' && text[to - 1] === '\r' ? text.slice(at, Math.max(at, to - 1)) : text.slice(at, to))
        if (ends) return this.done(cells, text, from, to, out)
        at = to + 1
        continue
      }
      let close = text.indexOf('"', at + 1)
      while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2)
      if (close < 0 || close - from > longestLine) {
        if (!last && close < 0 && text.length - from <= longestLine) return -1
        return this.unclosed(text, from, end, out)
      }
      let after = close + 1
      if (after >= text.length && !last) return -1
      if (text[after] === '\r' && end === '\n') after++
      if (after >= text.length && !last) return -1
      const cell = text.slice(at + 1, close)
      cells.push(cell.includes('"') ? cell.replaceAll('""', '"') : cell)
      if (after >= text.length || text[after] === end) return this.done(cells, text, from, after, out)
      if (text[after] !== this.delimiter) return this.unclosed(text, from, end, out)
      at = after + 1
    }
  }

  private done(cells: string[], text: string, from: number, to: number, out: (Row | RowFault)[]): number {
    const line = this.line
    this.line += countOf(text, this.end ?? '\n', from, to) + 1
    if (this.skipping) this.skipping = false
    else if (to - from > longestLine) out.push({ problem: tooLong, line })
    else out.push({ cells, line })
    return to + 1
  }

  private unclosed(text: string, from: number, end: string, out: (Row | RowFault)[]): number {
    if (this.delimiter === '\t') {
      // tab-separated text is often written without any quoting: the quote is part of the cell
      const tabEnd = text.indexOf(end, from)
      this.plain(text, from, tabEnd < 0 ? text.length : tabEnd, out)
      return tabEnd < 0 ? text.length : tabEnd + 1
    }
    out.push({ problem: 'A quote in this line is not closed, or text follows its closing quote. Double the quotes inside a quoted cell.', line: this.line++ })
    this.skipping = false
    const stop = text.indexOf(end, from)
    if (stop < 0) this.skipping = true
    return stop < 0 ? text.length : stop + 1
  }
}

const tooLong = `The line is longer than ${longestLine.toLocaleString('en')} characters.`
const firstOf = (a: number, b: number) => (a < 0 ? b : b < 0 ? a : Math.min(a, b))
const countOf = (text: string, mark: string, from: number, to: number) => {
  let count = 0
  for (let at = text.indexOf(mark, from); at >= 0 && at < to; at = text.indexOf(mark, at + 1)) count++
  return count
}

const special = { ',': /[",\n\r]/, '\t': /["\t\n\r]/ }

/** One cell as RFC 4180 writes it; `spreadsheet` puts `'` before what a spreadsheet would run as a formula. */
export function cellOf(text: string, delimiter: ',' | '\t', profile: 'exact' | 'spreadsheet' = 'exact'): string {
  const safe = profile === 'spreadsheet' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return special[delimiter].test(safe) || safe.startsWith(' ') || safe.endsWith(' ') ? `"${safe.replaceAll('"', '""')}"` : safe
}
