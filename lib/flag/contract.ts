import { describe, expect, it } from 'vitest'
import { flagSorts } from './catalog'
import type { FlagRule, Inspected } from './types'

const TEXTS: readonly (string | undefined)[] = [undefined, '', '   ', '\n', 'a', '\0', '\uD800', '😀😀😀', 'a'.repeat(50_000), 'word '.repeat(10_000), '((((', '[x', '%_\\', '<b>bold</b>', '日本語のテキスト', 'ﷺ', '“', '1'.repeat(40_000), '-'.repeat(40_000), '. '.repeat(20_000), '“'.repeat(20_000), 'a.'.repeat(20_000), '# '.repeat(20_000), 'write '.repeat(8_000), 'ignore '.repeat(8_000)]

/** What every rule keeps: `fires` must raise it, `quiet` must not. */
export function describeRule(rule: FlagRule, { fires, quiet }: { fires: readonly Partial<Inspected>[]; quiet: readonly Partial<Inspected>[] }): void {
  const sample = (part: Partial<Inspected>): Inspected => ({ key: 'k', kind: rule.on === 'model' ? 'detailed' : 'alt', origin: rule.on === 'model' ? 'model' : 'source', ...part })
  describe(`rule ${rule.id}`, () => {
    it('stands in the catalogue with the same names', () => {
      expect(flagSorts.find((sort) => sort.id === rule.id)).toMatchObject({ label: rule.label, hint: rule.hint, raisedBy: rule.on === 'model' ? 'guard' : 'rule' })
    })
    it('never throws, whatever the text, and takes little time', () => {
      for (const text of TEXTS) {
        const before = process.cpuUsage()
        const found = rule.check(sample({ text, alt: text, ocr: [text ?? ''], prompt: { system: text ?? '', user: text ?? '' }, sameTextCount: 1 }))
        expect(process.cpuUsage(before).user / 1000, (text ?? '').slice(0, 20)).toBeLessThan(1500)
        if (found) expect(found.evidence.length).toBeGreaterThan(0)
        if (found) expect(found.evidence.length).toBeLessThan(300)
      }
    })
    it.each(fires.map((one) => [one.text, one] as const))('is raised by %j', (_, one) => {
      expect(rule.check(sample(one))?.evidence).toMatch(/\S/)
    })
    it.each(quiet.map((one) => [one.text, one] as const))('is not raised by %j', (_, one) => {
      expect(rule.check(sample(one))).toBeNull()
    })
  })
}
