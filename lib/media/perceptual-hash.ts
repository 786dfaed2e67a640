/** Side of the grey picture that `perceptualHash` reads. */
export const HASH_SIDE = 32
const KEPT = 8

const cosines = Float64Array.from({ length: KEPT * HASH_SIDE }, (_, i) => {
  const frequency = Math.floor(i / HASH_SIDE)
  const at = i % HASH_SIDE
  return Math.cos((Math.PI / HASH_SIDE) * (at + 0.5) * frequency)
})

/**
 * pHash as Python's imagehash computes it: 2-D DCT-II of a 32×32 grey picture (Lanczos), its 8×8 lowest frequencies
 * with the constant one, a bit each for "above the median", row by row. 16 hex digits.
 */
export function perceptualHash(grey: ArrayLike<number>): string {
  if (grey.length !== HASH_SIDE * HASH_SIDE) throw new Error(`a hash needs ${HASH_SIDE}×${HASH_SIDE} grey values, not ${grey.length}`)
  const rows = new Float64Array(HASH_SIDE * KEPT)
  for (let y = 0; y < HASH_SIDE; y++)
    for (let u = 0; u < KEPT; u++) {
      let sum = 0
      for (let x = 0; x < HASH_SIDE; x++) sum += grey[y * HASH_SIDE + x] * cosines[u * HASH_SIDE + x]
      rows[y * KEPT + u] = sum
    }
  const low = new Float64Array(KEPT * KEPT)
  for (let v = 0; v < KEPT; v++)
    for (let u = 0; u < KEPT; u++) {
      let sum = 0
      for (let y = 0; y < HASH_SIDE; y++) sum += rows[y * KEPT + u] * cosines[v * HASH_SIDE + y]
      low[v * KEPT + u] = sum
    }
  const sorted = Float64Array.from(low).sort()
  const median = (sorted[31] + sorted[32]) / 2
  let hex = ''
  for (let i = 0; i < 64; i += 4) {
    let digit = 0
    for (let bit = 0; bit < 4; bit++) digit = digit * 2 + (low[i + bit] > median ? 1 : 0)
    hex += digit.toString(16)
  }
  return hex
}

/** Number of bits, 0..64, in which two hashes differ; near-duplicates differ in at most 8 to 10. */
export function hashDistance(a: string, b: string): number {
  let bits = 0
  for (let rest = BigInt(`0x${a}`) ^ BigInt(`0x${b}`); rest; rest &= rest - 1n) bits++
  return bits
}
