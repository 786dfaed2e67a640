import { countTokens } from '@/lib/caption/count-tokens'
import { checkEvidence } from '@/lib/claim/run'
import type { DatasetRow } from '@/lib/dataset/schema'
import { checkDataset } from '@/lib/flag/run'
import { flagsOf } from '@/lib/flag/store'
import { examine } from '@/lib/import/examine'
import { matchingIds } from '@/lib/sample/store'

type Options = { filter?: string; signal?: AbortSignal; onProgress?: (line: string) => void }
/** Counts of samples. `looked`: pictures nobody had looked at before; all else is what stands now, new or not. */
export type AllChecked = { checked: number; /** with any open flag */ flagged: number; looked: number; misaligned: number; broken: number; missing: number; /** with a near-duplicate */ duplicates: number }
const many = (count: number) => count.toLocaleString('en')

/** How many samples of the selection have an open flag, and how many one of these rules. */
function openFlags(dataset: DatasetRow, filter: string) {
  const counts = { flagged: 0, misaligned: 0, broken: 0, missing: 0 }
  for (const ids of matchingIds(dataset.id, filter)) {
    for (const flags of Map.groupBy(flagsOf(ids), (flag) => flag.sampleId).values()) {
      const has = (rule: string) => Number(flags.some((flag) => flag.rule === rule))
      counts.flagged++
      counts.misaligned += has('misaligned')
      counts.broken += has('broken')
      counts.missing += has('missing')
    }
  }
  return counts
}

/** Everything that raises a reason to look: the rules on texts and their tokens, the pictures by themselves, then texts against pictures. */
export async function checkAll(dataset: DatasetRow, { filter = '', signal, onProgress = () => {} }: Options = {}): Promise<AllChecked> {
  const { checked } = await checkDataset(dataset, { filter, signal, onProgress: (at) => onProgress(`checking texts: ${many(at.checked)} samples, ${many(at.flagged)} flagged`) })
  await countTokens(dataset.id, signal)
  const { twins } = await examine(dataset, { signal, onProgress: (at) => onProgress(`decoding pictures: ${many(at.looked)}, ${many(at.broken + at.missing)} broken or missing`) })
  const { looked } = await checkEvidence(dataset, { filter, signal, onProgress: (at) => onProgress(`looking at pictures: ${many(at.looked)} new, ${many(at.checked)} captions checked, ${many(at.misaligned)} misaligned`) })
  return { checked, looked, ...openFlags(dataset, filter), duplicates: twins }
}
