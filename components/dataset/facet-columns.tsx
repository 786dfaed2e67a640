'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ask, datasetPath } from '../api'
import { ErrorNote } from '../ui/notes'
import { counted, formatCount } from '../ui/numbers'
import type { About } from './data-queries'

/** Source columns, each with a box that makes it a facet beside the grid. */
export function FacetColumns({ dataset, about }: { dataset: string; about: About }) {
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: (facets: string[]) => ask(datasetPath(dataset), { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ settings: { facets } }) }),
    onMutate: (facets) => client.setQueryData<About>(['overview', dataset], (now) => now && { ...now, settings: { ...now.settings, facets } }),
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: ['overview', dataset] }), client.invalidateQueries({ queryKey: ['facets', dataset] })]),
  })
  const { facets } = about.settings
  return (
    <>
      <p className="measure mb-2 text-soft">Columns that came with the data leave with the export, and can be filtered as <code className="font-mono">meta.column:value</code>. Those with a mark stand beside the grid, with their values counted.</p>
      <ul className="flex flex-col">
        {about.columns.map(({ name, different, example }) => (
          <li key={name} className="border-b border-line last:border-0">
            <label className="flex min-h-9 items-center gap-3 py-1">
              <input type="checkbox" className="size-4 shrink-0 accent-accent" checked={facets.includes(name)} disabled={change.isPending} onChange={(event) => change.mutate(event.target.checked ? [...facets, name] : facets.filter((one) => one !== name))} />
              <bdi className="max-w-[50%] shrink-0 truncate font-mono" title={name}>{name}</bdi>
              <bdi className="min-w-0 flex-1 truncate text-faint">{example}</bdi>
              <span className="shrink-0 text-soft tabular-nums" title={`among the first ${formatCount(Math.min(1000, about.samples))} samples`}>{counted(different, 'value')}</span>
            </label>
          </li>
        ))}
      </ul>
      {change.error && <ErrorNote error={change.error} className="mt-2" />}
    </>
  )
}
