import type { Blended } from '@/lib/blend/resolve'
import { LENGTH_BINS, lengthBin } from '@/lib/blend/preview'
import { digestOf, uint32 } from '@/lib/digest'

const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1)
const byName = (counts: ReadonlyMap<string, number>) => Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
const OPENINGS = 20
/** Licences that are told apart. */
const LICENCES = 100

/** What a release holds, counted while it is written. */
export class Tally {
  samples = 0
  fallbacks = 0
  nothingToSay = 0
  withoutImage = 0
  private readonly counts = { byKind: new Map<string, number>(), byOrigin: new Map<string, number>(), byModel: new Map<string, number>(), byRecipe: new Map<string, number>(), byStanding: new Map<string, number>(), bySplit: new Map<string, number>(), byLicence: new Map<string, number>() }
  private readonly openings = new Map<string, number>()
  private readonly words = Array<number>(LENGTH_BINS).fill(0)

  add({ chosen, fallback }: Pick<Blended, 'chosen' | 'fallback'>, split: string | undefined, licence?: string): void {
    this.samples++
    this.fallbacks += Number(fallback)
    count(this.counts.byKind, chosen.kind)
    count(this.counts.byOrigin, chosen.origin)
    count(this.counts.byStanding, chosen.standing)
    if (chosen.model) count(this.counts.byModel, chosen.model)
    if (chosen.recipe) count(this.counts.byRecipe, chosen.recipe)
    if (split !== undefined) count(this.counts.bySplit, split)
    const { byLicence } = this.counts
    if (licence !== undefined) count(byLicence, byLicence.size < LICENCES || byLicence.has(licence) ? licence : 'others')
    this.words[lengthBin(chosen.words)]++
    const opening = /^\s*([^\s]{1,24})/.exec(chosen.text)?.[1].toLowerCase().replace(/[.,"]/g, '')
    if (opening && (this.openings.size < 100_000 || this.openings.has(opening))) count(this.openings, opening)
  }

  result() {
    const { byKind, byOrigin, byModel, byRecipe, byStanding, bySplit, byLicence } = this.counts
    const top = [...this.openings].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, OPENINGS)
    return {
      samples: this.samples,
      byKind: byName(byKind), byOrigin: byName(byOrigin), byModel: byName(byModel), byRecipe: byName(byRecipe), byStanding: byName(byStanding), bySplit: byName(bySplit), byLicence: byName(byLicence),
      effectiveP: this.samples === 0 ? 0 : 1 - (byKind.get('alt') ?? 0) / this.samples,
      fallbacks: this.fallbacks,
      withoutImage: this.withoutImage,
      lengths: { words: [...this.words] },
      openings: Object.fromEntries(top),
    }
  }
}

/** A hash of a set of lines that does not ask for their order: two lists agree when they hold the same lines equally often. */
export class SetDigest {
  count = 0
  private readonly sums = new Uint32Array(4)

  add(line: string): void {
    const h = digestOf(line)
    for (let i = 0; i < 4; i++) this.sums[i] += uint32(h, i * 4)
    this.count++
  }

  hex(): string {
    return [...this.sums].map((sum) => sum.toString(16).padStart(8, '0')).join('')
  }
}
