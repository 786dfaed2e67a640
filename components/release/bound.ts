import type { ManifestInShort } from '@/lib/export/schema'
import { formatCount, formatPercent } from '../ui/numbers'

/** What sampling says of the captions that were certified; undefined when none were. The weakest bound speaks for a release. */
export function boundOf(manifest: Pick<ManifestInShort, 'certification'> | null): { short: string; says: string } | undefined {
  const plans = manifest?.certification ?? []
  if (plans.length === 0) return undefined
  const worst = plans.reduce((a, b) => (b.bound > a.bound ? b : a))
  return {
    short: formatPercent(100 * worst.bound),
    says: plans.map((plan) => `${formatCount(plan.certified)} ${plan.kind} captions certified by a look at ${formatCount(plan.size)}: fewer than ${formatPercent(100 * plan.bound)} wrong, with ${formatPercent(100 * plan.confidence)} confidence.`).join(' '),
  }
}
