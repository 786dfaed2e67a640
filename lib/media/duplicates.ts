import { setImmediate } from 'node:timers/promises'

/** A picture and its 64-bit perceptual hash, 16 hex digits. */
export type Hashed = { id: number; phash: string }

/** Two pictures look alike when at most this many of the 64 bits differ. */
export const NEAR = 8

/** Pictures after which other work of the process gets its turn. */
const YIELD_EVERY = 4096

/** 64 bits cut in three: of 8 differing bits one band holds at most two, so probing each band within two bits misses nothing. */
const BANDS: readonly { bits: number; value(high: number, low: number): number }[] = [
  { bits: 22, value: (high) => high >>> 10 },
  { bits: 21, value: (high, low) => ((high & 0x3ff) << 11) | (low >>> 21) },
  { bits: 21, value: (_high, low) => low & 0x1fffff },
]

/** All masks of so many bits with at most two of them set. */
function probes(bits: number): Uint32Array {
  const masks = [0]
  for (let i = 0; i < bits; i++) {
    masks.push(1 << i)
    for (let j = i + 1; j < bits; j++) masks.push((1 << i) | (1 << j))
  }
  return Uint32Array.from(masks)
}

const popcount = (x: number) => {
  x -= (x >>> 1) & 0x55555555
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333)
  return (((x + (x >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}

/** How many of the 64 bits differ. */
export const distance = (a: string, b: string): number =>
  popcount(parseInt(a.slice(0, 8), 16) ^ parseInt(b.slice(0, 8), 16)) + popcount(parseInt(a.slice(8), 16) ^ parseInt(b.slice(8), 16))

/**
 * Where each band value's pictures stand: `starts[v]..starts[v + 1]` of `order` (a counting sort, so memory is 4 bytes a
 * picture and band), and which values stand anywhere at all.
 */
function bandIndex(values: Uint32Array, bits: number) {
  const starts = new Uint32Array((1 << bits) + 1)
  for (const value of values) starts[value + 1]++
  for (let v = 0; v < 1 << bits; v++) starts[v + 1] += starts[v]
  const order = new Uint32Array(values.length)
  const next = starts.slice()
  const present = new Uint32Array((1 << bits) >>> 5)
  values.forEach((value, i) => {
    order[next[value]++] = i
    present[value >>> 5] |= 1 << (value & 31)
  })
  return { starts, order, present }
}

/** Union-find over positions; the smallest position of a set is its root. */
function sets(count: number) {
  const parent = Uint32Array.from({ length: count }, (_, i) => i)
  const root = (i: number) => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]]
    return i
  }
  const join = (a: number, b: number) => {
    const [x, y] = [root(a), root(b)]
    if (x !== y) parent[Math.max(x, y)] = Math.min(x, y)
  }
  return { root, join }
}

/** A picture without detail (one flat colour) has only the constant frequency, which says nothing about likeness. */
const blank = (phash: string) => /^[08]0{15}$/.test(phash)

/**
 * Groups of pictures that look alike: each differs from another of its group in at most `NEAR` bits. Found by multi-index
 * hashing, never by comparing all pairs. Groups and members stand in the order given; pictures without a twin are left out.
 */
export async function nearGroups(pictures: readonly Hashed[]): Promise<number[][]> {
  // Equal hashes are one node: ten thousand copies of a picture are not a hundred million pairs.
  const nodes = new Map<string, number[]>()
  for (const { id, phash } of pictures) {
    if (blank(phash)) continue
    const ids = nodes.get(phash)
    if (ids) ids.push(id)
    else nodes.set(phash, [id])
  }
  const hashes = [...nodes.keys()]
  const high = Uint32Array.from(hashes, (hash) => parseInt(hash.slice(0, 8), 16))
  const low = Uint32Array.from(hashes, (hash) => parseInt(hash.slice(8), 16))
  const { root, join } = sets(hashes.length)
  for (const { bits, value } of BANDS) {
    const values = Uint32Array.from(hashes, (_, i) => value(high[i], low[i]))
    const { starts, order, present } = bandIndex(values, bits)
    const masks = probes(bits)
    for (let i = 0; i < hashes.length; i++) {
      if (i % YIELD_EVERY === YIELD_EVERY - 1) await setImmediate()
      for (const mask of masks) {
        const probe = values[i] ^ mask
        // Each pair of values is looked at from its smaller one; most values stand nowhere, which the bit set tells from the cache.
        if (probe < values[i] || !((present[probe >>> 5] >>> (probe & 31)) & 1)) continue
        for (let at = starts[probe]; at < starts[probe + 1]; at++) {
          const j = order[at]
          if (j !== i && popcount(high[i] ^ high[j]) + popcount(low[i] ^ low[j]) <= NEAR) join(i, j)
        }
      }
    }
  }
  const groups = new Map<number, number[]>()
  hashes.forEach((hash, i) => {
    const ids = nodes.get(hash)!
    const group = groups.get(root(i))
    if (group) group.push(...ids)
    else groups.set(root(i), [...ids])
  })
  return [...groups.values()].filter((group) => group.length > 1)
}
