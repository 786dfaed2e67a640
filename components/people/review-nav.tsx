'use client'

import { UserRound } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { datasetUrl, REVIEW_PLACES } from '../frame/places'
import { Button } from '../ui/button'
import { cx } from '../ui/class-names'
import { Dialog } from '../ui/dialog'
import { Field, Input } from '../ui/input'
import { useReviewer } from './reviewer'

/** The way between the desk and what is decided beside it, and under whose name. */
export function ReviewNav({ dataset, here }: { dataset: string; here: string }) {
  return (
    <div className="flex min-h-10 shrink-0 items-stretch gap-2 border-b border-line px-3">
      <nav aria-label="Review" className="flex min-w-0 flex-1 items-stretch gap-1 overflow-x-auto">
        {REVIEW_PLACES.map((place) => (
          <Link key={place.id} href={datasetUrl(dataset, place.path)} aria-current={here === place.id ? 'page' : undefined} className={cx('flex shrink-0 items-center rounded-medium px-2 my-1', here === place.id ? 'bg-hover font-medium text-ink' : 'text-soft hover:text-ink')}>{place.label}</Link>
        ))}
      </nav>
      <Who />
    </div>
  )
}

function Who() {
  const [reviewer, say] = useReviewer()
  const [draft, setDraft] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string>()
  const save = () => {
    const why = say(draft ?? '')
    setWrong(why)
    if (!why) setDraft(null)
  }
  return (
    <>
      <Button look="quiet" size="small" className="my-auto max-w-40 shrink-0" onClick={() => setDraft(reviewer)} aria-label={`Decisions are taken as ${reviewer}. Change`}>
        <UserRound size={14} aria-hidden className="shrink-0" /><bdi className="truncate">{reviewer}</bdi>
      </Button>
      <Dialog open={draft !== null} onOpenChange={(open) => !open && setDraft(null)} title="Who decides?" description="The name stands beside every decision in the history." footer={<Button look="primary" onClick={save}>Use this name</Button>}>
        <form onSubmit={(event) => { event.preventDefault(); save() }}>
          <Field label="Your name" error={wrong}><Input value={draft ?? ''} onChange={(event) => setDraft(event.target.value)} autoComplete="name" /></Field>
        </form>
      </Dialog>
    </>
  )
}
