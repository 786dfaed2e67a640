import { checkEvidence } from '@/lib/claim/run'
import type { DatasetRow } from '@/lib/dataset/schema'
import { checkDataset, type Checked } from '@/lib/flag/run'

type Options = { filter?: string; signal?: AbortSignal; onProgress?: (line: string) => void }
const many = (count: number) => count.toLocaleString('en')

/** Everything that raises a reason to look: the rules on texts, then the pictures themselves. `flagged` counts samples the rules flagged. */
export async function checkAll(dataset: DatasetRow, { filter, signal, onProgress = () => {} }: Options = {}): Promise<Checked & { looked: number; misaligned: number }> {
  const byRule = await checkDataset(dataset, { filter, signal, onProgress: (at) => onProgress(`checking texts: ${many(at.checked)} samples, ${many(at.flagged)} flagged`) })
  const seen = await checkEvidence(dataset, { filter, signal, onProgress: (at) => onProgress(`looking at pictures: ${many(at.looked)} new, ${many(at.checked)} captions checked, ${many(at.misaligned)} misaligned`) })
  return { ...byRule, looked: seen.looked, misaligned: seen.misaligned }
}
