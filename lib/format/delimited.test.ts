import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { cellOf, isFault, RowSplitter, type Row, type RowFault } from './delimited'

const cut = (text: string, sizes: readonly number[]) => {
  const parts: string[] = []
  let at = 0
  for (const size of sizes) {
    parts.push(text.slice(at, at + size))
    at += size
  }
  return [...parts, text.slice(at)]
}
const rowsOf = (parts: readonly string[], delimiter = ',') => {
  const splitter = new RowSplitter(delimiter, true)
  const out: (Row | RowFault)[] = []
  for (const part of parts) splitter.push(part, out)
  splitter.push('', out, true)
  return out
}

describe('delimited text', () => {
  it('comes back as it was written, in any pieces, and as another parser reads it', () => {
    const cell = fc.oneof(fc.constantFrom('', '"', '""', ',', '\n', '\r\n', '\r', 'a', ' a ', 'a"b', '🐈'), fc.string({ maxLength: 6 }))
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }), fc.array(fc.nat(9), { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), (rows, sizes, end) => {
        const text = `h,h${end}${rows.map((row) => row.map((one) => cellOf(one, ',')).join(',')).join(end)}`
        const found = rowsOf(cut(text, sizes)).slice(1)
        expect(found.filter(isFault)).toEqual([])
        const cells = found.map((row) => ('cells' in row ? [...row.cells] : []))
        expect(cells).toEqual(rows)
        const other = Papa.parse<string[]>(text, { delimiter: ',', newline: end }).data.slice(1)
        expect(cells).toEqual(other)
      }),
      { seed: 5, numRuns: 500 },
    )
  })
  it('never throws and numbers the lines', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', '\t') , maxLength: 40 }), fc.array(fc.nat(5), { maxLength: 6 }), (text, sizes) => {
      const found = rowsOf(cut(text, sizes))
      expect(found.every(({ line }, at) => line >= 1 && (at === 0 || line > found[at - 1].line))).toBe(true)
    }), { seed: 6, numRuns: 500 })
  })
})
