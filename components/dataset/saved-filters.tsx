'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Bookmark } from 'lucide-react'
import { useState } from 'react'
import { ask, datasetPath, post } from '../api'
import { useActs } from '../frame/keys'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field, Input } from '../ui/input'
import { Menu } from '../ui/menu'
import { ErrorNote } from '../ui/notes'
import { toast } from '../ui/toast'

type Saved = { filters: { name: string; query: string }[] }

/** Filters kept under a name: chosen from a list, kept, forgotten. */
export function SavedFilters({ dataset, filter, onFilter }: { dataset: string; filter: string; onFilter: (filter: string) => void }) {
  const client = useQueryClient()
  const path = `${datasetPath(dataset)}/filters`
  const queryKey = ['saved filters', dataset]
  const { data } = useQuery({ queryKey, queryFn: ({ signal }) => ask<Saved>(path, { signal }) })
  const [naming, setNaming] = useState(false)
  const [name, setName] = useState('')
  const keep = (saved: Saved) => client.setQueryData(queryKey, saved)
  const save = useMutation({
    mutationFn: (as: string) => post<Saved>(path, { name: as, query: filter }),
    onSuccess: (saved) => {
      keep(saved)
      setNaming(false)
      setName('')
    },
  })
  const forget = (gone: Saved['filters'][number]) =>
    ask<Saved>(`${path}?${new URLSearchParams({ name: gone.name })}`, { method: 'DELETE' }).then(
      (saved) => {
        keep(saved)
        toast(`“${gone.name}” forgotten`, { action: { label: 'Put back', onClick: () => void post<Saved>(path, gone).then(keep) } })
      },
      (error: Error) => toast.error(error.message),
    )
  const filters = data?.filters ?? []
  const here = filters.find((one) => one.query === filter)
  useActs([
    { label: 'Save this filter', group: 'Filter', run: () => setNaming(filter !== '') },
    ...filters.map((one) => ({ label: `Filter: ${one.name}`, group: 'Filter', run: () => onFilter(one.query) })),
  ])
  return (
    <>
      <Menu
        label="Saved filters"
        align="end"
        trigger={<button type="button" aria-label="Saved filters" title="Saved filters" className="flex size-8 shrink-0 items-center justify-center rounded-medium text-soft hover:bg-hover hover:text-ink"><Bookmark size={16} aria-hidden className={here ? 'fill-current text-accent' : undefined} /></button>}
        entries={[
          ...filters.map((one) => ({ label: one.name, hint: one.query.length > 24 ? `${one.query.slice(0, 23)}…` : one.query, checked: one === here, onSelect: () => onFilter(one.query) })),
          ...(here ? [{ label: `Forget “${here.name}”`, danger: true, onSelect: () => void forget(here) }] : [{ label: 'Save this filter', disabled: filter === '', onSelect: () => setNaming(true) }]),
        ]}
      />
      <Dialog
        open={naming}
        onOpenChange={setNaming}
        title="Save this filter"
        description={filter}
        footer={<Button look="primary" disabled={name.trim() === ''} busy={save.isPending} onClick={() => save.mutate(name)}>Save the filter</Button>}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (name.trim()) save.mutate(name)
          }}
        >
          <Field label="Name" hint={filters.some((one) => one.name === name.trim()) ? 'There is a filter of this name; it takes this one’s place.' : undefined}><Input value={name} maxLength={80} autoFocus onChange={(event) => setName(event.target.value)} /></Field>
          {save.error && <ErrorNote error={save.error} className="mt-3" />}
        </form>
      </Dialog>
    </>
  )
}
