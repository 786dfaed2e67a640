import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distance, nearGroups, NEAR, type Hashed } from './duplicates'

const hex = (bits: bigint) => bits.toString(16).padStart(16, '0')

/** The same groups by comparing every pair. */
function bruteForce(pictures: readonly Hashed[]): number[][] {
  const left = new Set(pictures.map((_, i) => i).filter((i) => !/^[08]0{15}$/.test(pictures[i].phash)))
  const groups: number[][] = []
  for (const start of [...left]) {
    if (!left.delete(start)) continue
    const group = [start]
    for (let at = 0; at < group.length; at++) for (const other of [...left]) if (distance(pictures[group[at]].phash, pictures[other].phash) <= NEAR && left.delete(other)) group.push(other)
    if (group.length > 1) groups.push(group.map((i) => pictures[i].id))
  }
  return groups
}
const sorted = (groups: number[][]) => groups.map((group) => [...group].sort((a, b) => a - b)).sort((a, b) => a[0] - b[0])

/** Hashes in clouds of up to 12 flipped bits around a few centres, so that many pairs lie just inside and just outside. */
const clouds = fc.array(fc.record({ centre: fc.nat(3), flips: fc.array(fc.nat(63), { maxLength: 12 }) }), { maxLength: 60 }).map((all) =>
  all.map(({ centre, flips }, id) => {
    const centres = [0x0123456789abcdefn, 0xfedcba9876543210n, 0x00ff00ff00ff00ffn, 0x8000000000000001n]
    return { id, phash: hex(flips.reduce((bits, bit) => bits ^ (1n << BigInt(bit)), centres[centre])) }
  }))

describe('pictures that look alike', () => {
  it('finds exactly what comparing all pairs finds', async () => {
    await fc.assert(fc.asyncProperty(clouds, async (pictures) => { expect(sorted(await nearGroups(pictures))).toEqual(sorted(bruteForce(pictures))) }), { numRuns: 100 })
  })

  it('counts differing bits', () => {
    expect(distance('0000000000000000', 'ffffffffffffffff')).toBe(64)
    expect(distance('8000000080000000', '0000000000000000')).toBe(2)
  })

  it('leaves flat pictures alone', async () => {
    expect(await nearGroups([1, 2].map((id) => ({ id, phash: '8' + '0'.repeat(15) })))).toEqual([])
  })

  it('groups 20,000 copies of one picture without comparing them pair by pair', async () => {
    const pictures = Array.from({ length: 20_000 }, (_, id) => ({ id, phash: '0123456789abcdef' }))
    const from = performance.now()
    expect((await nearGroups(pictures))[0]).toHaveLength(20_000)
    expect(performance.now() - from).toBeLessThan(2000)
  })
})
