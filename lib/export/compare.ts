import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { cutsOf } from '@/lib/caption/cuts'
import type { Cuts } from '@/lib/caption/limits'
import { AppError } from '@/lib/errors'
import { histogram, jsd } from '@/lib/metric/jsd'
import { ledgerOf } from './ledger'
import { releaseById, textOf } from './store'

type Entry = { key: string; kind: string; hash: string }
/** `cuts`: where encoders stop reading it. */
type Said = { kind: string; text: string; cuts: Cuts }
export type Comparison = {
  same: number
  added: { count: number; examples: string[] }
  removed: { count: number; examples: string[] }
  changed: { count: number; examples: { key: string; before: Said; after: Said }[] }
  /** Jensen–Shannon divergence in bits: 0 nothing moved, 1 nothing in common; null when one release is empty */
  shift: { lengths: number | null; openings: number | null; kinds: number | null }
}

const EXAMPLES = 50

async function* ledger(id: number): AsyncGenerator<Entry> {
  const file = createReadStream(ledgerOf(id))
  const lines = createInterface({ input: file, crlfDelay: Number.POSITIVE_INFINITY })
  try {
    for await (const line of lines) {
      const [key, kind, hash] = JSON.parse(line) as [string, string, string]
      yield { key, kind, hash }
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new AppError('not_found', `What release ${id} holds is not known here any more. Make it again to compare it.`)
    throw error
  }
}

/** What changed from one release of a dataset to another: samples, captions, and the shape of the texts. */
export async function compareReleases(beforeId: number, afterId: number): Promise<Comparison> {
  const [before, after] = [releaseById(beforeId), releaseById(afterId)]
  if (!before.manifest || !after.manifest) throw new AppError('conflict', `Release ${before.manifest ? afterId : beforeId} is not done. Only finished releases are compared.`)
  if (before.datasetId !== after.datasetId) throw new AppError('invalid', `Releases ${beforeId} and ${afterId} are of different datasets.`)
  const old = new Map<string, string>()
  for await (const { key, kind, hash } of ledger(beforeId)) old.set(key, `${kind} ${hash}`)
  const out: Comparison = { same: 0, added: { count: 0, examples: [] }, removed: { count: 0, examples: [] }, changed: { count: 0, examples: [] }, shift: shiftOf(before.manifest, after.manifest) }
  const said = (key: string, entry: string): Said => {
    const [kind, hash] = entry.split(' ')
    const text = textOf(before.datasetId, key, kind, hash)
    return { kind, text, cuts: cutsOf(text) }
  }
  for await (const { key, kind, hash } of ledger(afterId)) {
    const was = old.get(key)
    old.delete(key)
    const is = `${kind} ${hash}`
    if (was === is) out.same++
    else if (was === undefined) {
      out.added.count++
      if (out.added.examples.length < EXAMPLES) out.added.examples.push(key)
    } else {
      out.changed.count++
      if (out.changed.examples.length < EXAMPLES) out.changed.examples.push({ key, before: said(key, was), after: said(key, is) })
    }
  }
  out.removed = { count: old.size, examples: [...old.keys()].slice(0, EXAMPLES) }
  return out
}

type Shape = { lengths: { words: number[] }; openings: Record<string, number>; byKind: Record<string, number>; samples: number }

function shiftOf(before: Shape, after: Shape): Comparison['shift'] {
  const tens = ({ lengths }: Shape) => histogram(lengths.words.reduce((bins, count, words) => ((bins[Math.min(Math.floor(words / 10), 10)] += count), bins), Array<number>(11).fill(0)))
  const openings = ({ openings: counts, samples }: Shape) => new Map([...Object.entries(counts), ['', samples - Object.values(counts).reduce((sum, count) => sum + count, 0)] as const])
  return { lengths: jsd(tens(before), tens(after)), openings: jsd(openings(before), openings(after)), kinds: jsd(new Map(Object.entries(before.byKind)), new Map(Object.entries(after.byKind))) }
}
