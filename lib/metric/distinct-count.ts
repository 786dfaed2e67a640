const REGISTERS = 1 << 14

/** Two 32-bit hashes of a string that do not know of each other (cyrb53's mixing). */
export function hash64(text: string, out: Uint32Array): Uint32Array {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  out[0] = mix(a, b)
  out[1] = mix(b, a)
  return out
}
/** Spreads one 32-bit number, seasoned with another. */
export function mix(a: number, b: number): number {
  let h = a ^ Math.imul(b ^ (b >>> 16), 2246822507)
  h = Math.imul(h ^ (h >>> 13), 3266489909)
  return (h ^ (h >>> 16)) >>> 0
}

/**
 * How many different things passed by. Exact up to `exact` of them, by open addressing over 53-bit hashes; beyond, a
 * HyperLogLog of 16,384 registers (standard error 0.8 %). Memory has a ceiling whatever comes.
 */
export class DistinctCount {
  total = 0
  private slots: Float64Array | null = new Float64Array(1024)
  private size = 0
  private registers: Uint8Array | null = null

  constructor(private readonly exact = 1 << 19) {}

  get approximate(): boolean {
    return this.registers !== null
  }

  /** `high` and `low`: 32 hashed bits each. */
  add(high: number, low: number): void {
    this.total++
    this.put(high & 0x1fffff, low >>> 0)
  }

  get count(): number {
    if (!this.registers) return this.size
    let sum = 0
    for (const rank of this.registers) sum += 2 ** -rank
    return Math.round(((0.7213 / (1 + 1.079 / REGISTERS)) * REGISTERS * REGISTERS) / sum)
  }

  merge(other: DistinctCount): void {
    this.total += other.total
    if (other.slots) {
      for (const key of other.slots) if (key !== 0) this.putKey(key)
    } else if (other.registers) {
      this.spill()
      other.registers.forEach((rank, i) => this.raise(i, rank))
    }
  }

  private putKey(key: number): void {
    this.put(Math.floor(key / 2 ** 32), key % 2 ** 32)
  }

  private put(high: number, low: number): void {
    if (!this.slots) return this.register(high, low)
    const key = high * 2 ** 32 + low || 1
    const mask = this.slots.length - 1
    let at = (low ^ Math.imul(high, 2654435761)) & mask
    while (this.slots[at] !== 0) {
      if (this.slots[at] === key) return
      at = (at + 1) & mask
    }
    this.slots[at] = key
    this.size++
    if (this.size > this.exact) this.spill()
    else if (this.size * 2 > this.slots.length) this.grow(this.slots)
  }

  private grow(old: Float64Array): void {
    this.slots = new Float64Array(old.length * 2)
    this.size = 0
    for (const key of old) if (key !== 0) this.putKey(key)
  }

  private spill(): void {
    const old = this.slots
    if (!old) return
    this.slots = null
    this.registers = new Uint8Array(REGISTERS)
    for (const key of old) if (key !== 0) this.putKey(key)
  }

  private register(high: number, low: number): void {
    this.raise(high >>> 7, Math.clz32(low) + 1)
  }

  private raise(i: number, rank: number): void {
    if (this.registers && this.registers[i] < rank) this.registers[i] = rank
  }
}
