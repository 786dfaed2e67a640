'use client'

import Link from 'next/link'
import { useDeferredValue, useState } from 'react'
import type { ReplaceExample } from '@/lib/review/replace-store'
import { DiffText } from '../caption/word-diff-view'
import { HeldNote } from '../dataset/held-note'
import { sampleUrl } from '../frame/places'
import { useReviewer } from '../people/reviewer'
import { Button } from '../ui/button'
import { Field, Input } from '../ui/input'
import { ErrorNote } from '../ui/notes'
import { counted, formatCount } from '../ui/numbers'
import { toast } from '../ui/toast'
import { useApply, useReplacePreview, useTurn, type ReplaceAsked } from './queries'
import { Which } from './which'
import { did } from './words'

type Props = { dataset: string; filter: string; readable: boolean; /** why it has to wait, or '' */ held: string; onApply: (expect: number | undefined) => void }

/** Find and replace in the captions of all that match; every change is an edit beside the text it was made from. */
export function ReplaceForm({ dataset, filter, readable, held, onApply }: Props) {
  const [find, setFind] = useState('')
  const [replace, setReplace] = useState('')
  const [regex, setRegex] = useState(false)
  const [ignoreCase, setIgnoreCase] = useState(false)
  const [kind, setKind] = useState('')
  const reviewer = useReviewer()
  const apply = useApply<ReplaceAsked>(dataset, 'replace')
  const turn = useTurn()
  const [soon, then] = [useDeferredValue(find), useDeferredValue(replace)]
  const asked: ReplaceAsked = { find: soon, replace: then, regex, ignoreCase, filter, ...(kind ? { kinds: [kind] } : {}) }
  const preview = useReplacePreview(dataset, asked, readable && asked.find !== '')
  const seen = asked.find === '' ? undefined : preview.data
  const run = () => {
    if (!seen) return
    onApply(seen.count)
    apply.mutate({ ...asked, expect: seen.count, reviewer }, {
      onSuccess: (batch) => toast(did(batch), { action: { label: 'Undo', onClick: () => turn.mutate({ id: batch.id, way: 'undo', reviewer }) } }),
      onSettled: () => onApply(undefined),
    })
  }
  return (
    <div className="flex flex-col gap-3">
      <Field label="Find" hint={regex ? 'A regular expression in RE2 syntax.' : undefined}><Input value={find} onChange={(event) => setFind(event.target.value)} spellCheck={false} autoComplete="off" className={regex ? 'font-mono' : ''} /></Field>
      <Field label="Replace with" hint={regex ? '$1 stands for the first group.' : undefined}><Input value={replace} onChange={(event) => setReplace(event.target.value)} spellCheck={false} autoComplete="off" className={regex ? 'font-mono' : ''} /></Field>
      <div className="flex flex-wrap gap-x-4">
        <label className="flex min-h-7 items-center gap-1.5"><input type="checkbox" checked={regex} onChange={(event) => setRegex(event.target.checked)} className="accent-accent" />Regular expression</label>
        <label className="flex min-h-7 items-center gap-1.5"><input type="checkbox" checked={ignoreCase} onChange={(event) => setIgnoreCase(event.target.checked)} className="accent-accent" />Capitals do not matter</label>
      </div>
      <Which dataset={dataset} filter={filter} kind={kind} onKind={setKind} />
      {asked.find !== '' && preview.error && <ErrorNote error={preview.error} />}
      {seen && !preview.error && (
        <div aria-busy={preview.isFetching} aria-live="polite" className="tabular-nums">
          <p><strong className="text-title font-semibold">{formatCount(seen.count)}</strong> <span className="text-soft">{seen.count === 1 ? 'caption changes' : 'captions change'}, of {counted(seen.samples, 'sample')} that match</span></p>
          <ul aria-label="Left as they are" className="text-soft">
            <li>{formatCount(seen.human)} by people left alone</li>
            <li>{formatCount(seen.quarantined)} quarantined left out</li>
            {seen.unfit > 0 && <li>{formatCount(seen.unfit)} left out, since nothing readable would remain</li>}
          </ul>
        </div>
      )}
      {apply.error && <ErrorNote error={apply.error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" disabled={!seen || seen.count === 0 || preview.isFetching || !readable || held !== ''} busy={apply.isPending} onClick={run}>{seen ? `Edit ${counted(seen.count, 'caption')}` : 'Edit captions'}</Button>
        <HeldNote held={held} />
      </div>
      {seen && seen.examples.length > 0 && <Examples dataset={dataset} examples={seen.examples} count={seen.count} />}
    </div>
  )
}

function Examples({ dataset, examples, count }: { dataset: string; examples: readonly ReplaceExample[]; count: number }) {
  return (
    <section aria-label="What changes" className="border-t border-line pt-2">
      <h3 className="text-soft">{examples.length < count ? `The first ${examples.length}` : 'All changes'}</h3>
      <ul className="divide-y divide-line">
        {examples.map((example) => (
          <li key={example.captionId} className="py-2">
            <p className="text-faint"><Link className="link" href={sampleUrl(dataset, example.key)}><bdi className="[overflow-wrap:anywhere]">{example.key}</bdi></Link> · {example.kind}</p>
            <DiffText parts={example.diff} cuts={example.cuts} className="max-h-40" />
          </li>
        ))}
      </ul>
    </section>
  )
}
