'use client'

import { CircleHelp, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { IconButton } from '../ui/button'
import { useActs } from '../frame/keys'
import { FilterHelp } from './filter-help'
import { FilterInput } from './filter-input'
import { heldBack } from './held'
import { SavedFilters } from './saved-filters'
import { chipsOf, readFilter } from './terms'

/** After this pause a filter that can be read is applied without Enter. */
const PAUSE_MS = 500

/** The filter as text, its parts as chips, and what is wrong with it at the character where it is wrong. */
export function FilterBar({ dataset, filter, onFilter, onHeld }: { dataset: string; filter: string; onFilter: (filter: string) => void; /** hears why steps have to wait while another filter stands in the box, and '' when they need not */ onHeld?: (why: string) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useState(filter)
  const [applied, setApplied] = useState(filter)
  const [help, setHelp] = useState(false)
  if (applied !== filter) {
    setApplied(filter)
    if (draft.trim() !== filter) setDraft(filter)
  }
  const read = readFilter(draft)
  const readable = read.filter !== undefined
  const apply = (text: string) => {
    setDraft(text)
    if (readFilter(text).filter) onFilter(text.trim())
  }
  useEffect(() => {
    if (!readable || draft.trim() === filter) return
    const timer = setTimeout(() => onFilter(draft.trim()), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [draft, filter, readable, onFilter])
  const held = heldBack(draft, filter)
  useEffect(() => onHeld?.(held), [held, onHeld])
  useActs([
    { label: 'Put the cursor in the filter', keys: '[Shift]+/', group: 'Filter', run: () => input.current?.select() },
    { label: 'Clear the filter', group: 'Filter', run: () => apply('') },
    { label: 'How filters are written', group: 'Filter', run: () => setHelp(true) },
  ])
  const chips = chipsOf(filter)
  return (
    <search className="min-w-0 flex-1">
      <div className="flex items-center gap-1">
        <FilterInput
          dataset={dataset}
          input={input}
          draft={draft}
          invalid={!readable}
          onDraft={setDraft}
          onApply={apply}
          onLeave={() => {
            setDraft(filter)
            input.current?.blur()
          }}
        />
        {draft && <IconButton label="Clear the filter" onClick={() => apply('')}><X size={16} aria-hidden /></IconButton>}
        <SavedFilters dataset={dataset} filter={filter} onFilter={apply} />
        <IconButton label="How filters are written" onClick={() => setHelp(true)}><CircleHelp size={16} aria-hidden /></IconButton>
      </div>
      {!readable && (
        <p id="filter-error" role="alert" className="mt-1 flex flex-wrap gap-x-3 text-rejected">
          <code aria-hidden className="font-mono break-all whitespace-pre-wrap">{draft.slice(Math.max(0, read.position - 24), read.position)}<mark className="bg-rejected-tint text-rejected underline decoration-wavy">{draft[read.position] ?? '␣'}</mark>{draft.slice(read.position + 1, read.position + 16)}</code>
          <span>{read.why}</span>
        </p>
      )}
      {chips.length > 1 && (
        <ul aria-label="Parts of the filter" className="mt-1 flex flex-wrap gap-1">
          {chips.map((chip, at) => (
            <li key={at} className="flex h-6 max-w-full items-center rounded-small bg-accent-tint pl-2 text-accent" title={chip.says}>
              <bdi className="truncate">{chip.text}</bdi>
              <button type="button" aria-label={`Remove ${chip.text}`} onClick={() => apply(chip.without)} className="flex size-6 items-center justify-center rounded-small hover:bg-hover"><X size={12} aria-hidden /></button>
            </li>
          ))}
        </ul>
      )}
      <FilterHelp open={help} onOpenChange={setHelp} />
    </search>
  )
}
