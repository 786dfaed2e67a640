import type { Insight } from '@/lib/metric/store'

/** How a set of captions is called where it stands beside others. */
export function scopeName({ scope }: Pick<Insight, 'scope'>): { kind: string; by: string } {
  if (scope.kind === 'alt' && scope.origin === undefined) return { kind: 'alt', by: 'the originals' }
  if (scope.origin === undefined) return { kind: scope.kind, by: 'all of this kind' }
  return { kind: scope.kind, by: [scope.origin === 'model' ? scope.model : scope.origin, scope.recipe].filter(Boolean).join(' · ') }
}

/** The sets that stand beside each other: the originals first, then whole kinds, or what each recipe version wrote. */
export function columnsOf<T extends Pick<Insight, 'scope'>>(kinds: readonly T[], by: 'kind' | 'recipe'): T[] {
  const originals = kinds.filter(({ scope }) => scope.kind === 'alt' && scope.origin === undefined)
  return [...originals, ...kinds.filter((one) => !originals.includes(one) && (one.scope.origin === undefined) === (by === 'kind'))]
}
