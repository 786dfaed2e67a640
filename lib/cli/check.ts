import { checkEvidence } from '@/lib/claim/run'
import type { DatasetRow } from '@/lib/dataset/schema'
import { checkDataset, type Checked } from '@/lib/flag/run'
import { examine } from '@/lib/import/examine'

type Options = { filter?: string; signal?: AbortSignal; onProgress?: (line: string) => void }
export type AllChecked = Checked & { looked: number; misaligned: number; broken: number; missing: number; /** samples with a near-duplicate */ duplicates: number }
const many = (count: number) => count.toLocaleString('en')

/** Everything that raises a reason to look: the rules on texts, the pictures by themselves, then texts against pictures. `flagged` counts samples the rules flagged. */
export async function checkAll(dataset: DatasetRow, { filter, signal, onProgress = () => {} }: Options = {}): Promise<AllChecked> {
  const byRule = await checkDataset(dataset, { filter, signal, onProgress: (at) => onProgress(`checking texts: ${many(at.checked)} samples, ${many(at.flagged)} flagged`) })
  const examined = await examine(dataset, { signal, onProgress: (at) => onProgress(`decoding pictures: ${many(at.looked)}, ${many(at.broken + at.missing)} broken or missing`) })
  const seen = await checkEvidence(dataset, { filter, signal, onProgress: (at) => onProgress(`looking at pictures: ${many(at.looked)} new, ${many(at.checked)} captions checked, ${many(at.misaligned)} misaligned`) })
  return { ...byRule, looked: seen.looked, misaligned: seen.misaligned, broken: examined.broken, missing: examined.missing, duplicates: examined.twins }
}
