import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blend } from './resolve'
import { BlendSpec, type BlendCaption } from './schema'

const caption = fc.record({
  kind: fc.constantFrom('alt', 'short', 'detailed'),
  origin: fc.constantFrom('source' as const, 'model' as const, 'human' as const),
  standing: fc.constantFrom('pending' as const, 'approved' as const, 'rejected' as const),
  quarantined: fc.boolean(),
  retired: fc.boolean(),
})
const captions = fc.array(caption, { maxLength: 12 }).map((list) => list.map((one, i): BlendCaption => ({ ...one, id: i + 1, text: `text ${i + 1}`, hash: '', words: 2, model: null, recipe: null })))
const standings = fc.subarray(['pending', 'approved', 'rejected'] as const, { minLength: 1 })

test('the head speaks: the newest human one, else the newest approved one, else the newest; never one out of play', () => {
  fc.assert(fc.property(captions, standings, fc.double({ min: 0, max: 1, noNaN: true }), fc.string(), (list, allowed, p, key) => {
    const seen = blend(key, list, BlendSpec.parse({ p, standings: [...allowed] }))
    const may = list.filter((one) => !one.retired && !one.quarantined && allowed.includes(one.standing))
    if (!seen) return void expect(may).toEqual([])
    for (const head of seen.heads) {
      const rivals = may.filter((one) => one.kind === head.kind)
      const best = [rivals.filter((one) => one.origin === 'human'), rivals.filter((one) => one.standing === 'approved'), rivals].find((some) => some.length > 0)
      expect(head.id).toBe(Math.max(...(best ?? []).map((one) => one.id)))
    }
    expect(seen.heads).toContain(seen.chosen)
    expect(new Set(seen.heads.map((one) => one.kind))).toEqual(new Set(may.map((one) => one.kind)))
  }))
})
