'use client'

import { useQueryClient } from '@tanstack/react-query'
import { parseAsBoolean, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { Button } from '../ui/button'
import { cx } from '../ui/class-names'
import { EmptyState, ErrorNote } from '../ui/notes'
import { formatCount } from '../ui/numbers'
import { Skeleton } from '../ui/skeleton'
import { DataFrame } from './data-frame'
import { useDuplicates } from './data-queries'
import { DuplicateCard } from './duplicate-card'

const WAYS = ['near', 'exact', 'text'] as const
const SAID = {
  near: { label: 'Look alike', empty: 'No two pictures look alike', hint: 'Pictures are compared when they are looked at: a check does it, and every import in the browser.' },
  exact: { label: 'Same picture', empty: 'No picture stands under two keys', hint: 'Two samples with the very same bytes would stand here.' },
  text: { label: 'Same caption', empty: 'No caption stands on two pictures', hint: 'A caption that several pictures share tells a model little about any of them.' },
} as const

/** What is here twice, and does it say the same? */
export function DuplicatesScreen({ dataset }: { dataset: string }) {
  const [{ way, conflicting }, setState] = useQueryStates({ way: parseAsStringLiteral(WAYS).withDefault('near'), conflicting: parseAsBoolean.withDefault(false) })
  const client = useQueryClient()
  const pages = useDuplicates(dataset, { way, conflicting })
  const groups = pages.data?.pages.flatMap((page) => page.groups) ?? []
  const { counts, compared } = pages.data?.pages[0] ?? {}
  const unseen = way === 'near' && compared === false
  const empty = unseen ? 'The pictures were not compared yet' : conflicting ? 'No alt texts conflict here' : SAID[way].empty
  const changed = () => void Promise.all(['duplicates', 'samples', 'facets', 'overview'].map((name) => client.invalidateQueries({ queryKey: [name, dataset] })))
  return (
    <DataFrame dataset={dataset} title="What is here twice, and does it say the same?" wide>
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-3">
        {WAYS.map((one) => (
          <button key={one} type="button" aria-pressed={way === one} onClick={() => void setState({ way: one, conflicting: null })} className={cx('h-8 rounded-medium border px-3', way === one ? 'border-accent bg-accent-tint font-semibold text-accent' : 'border-line text-soft hover:bg-hover')}>
            {SAID[one].label}{counts && <span className="ml-2 tabular-nums">{one === 'near' && compared === false ? '–' : formatCount(counts[one])}</span>}
          </button>
        ))}
        <span className="flex-1" />
        {way !== 'text' && (
          <label className="flex min-h-8 items-center gap-2 text-soft">
            <input type="checkbox" className="size-4 accent-accent" checked={conflicting} onChange={(event) => void setState({ conflicting: event.target.checked || null })} />
            Only with conflicting alt texts
          </label>
        )}
      </div>
      {pages.error && <ErrorNote error={pages.error} retry={() => void pages.refetch()} className="m-4" />}
      {!pages.data && !pages.error && <div role="status" aria-label="Loading" className="flex flex-col gap-4 p-4"><Skeleton className="h-64" /><Skeleton className="h-64" /></div>}
      {pages.data && groups.length === 0 && <EmptyState title={empty} command={unseen ? `recaption check --dataset "${dataset}"` : undefined}>{SAID[way].hint}</EmptyState>}
      {groups.map((group) => <DuplicateCard key={`${way} ${group.id}`} dataset={dataset} group={group} way={way} onChanged={changed} />)}
      {pages.hasNextPage && <div className="p-4"><Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>Show more groups</Button></div>}
    </DataFrame>
  )
}
