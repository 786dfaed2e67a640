'use client'

import { UserRound } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { datasetUrl, REVIEW_PLACES } from '../frame/places'
import { Button } from '../ui/button'
import { cx } from '../ui/class-names'
import { useAskedName } from './asked-name'

/** The way between the desk and what is decided beside it, and under whose name. */
export function ReviewNav({ dataset, here }: { dataset: string; here: string }) {
  const row = useRef<HTMLElement>(null)
  // On a narrow screen the row scrolls; where one is must be in sight.
  useEffect(() => {
    row.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [here])
  return (
    <div className="flex min-h-10 shrink-0 items-stretch gap-2 border-b border-line px-3">
      <nav ref={row} aria-label="Review" className="flex min-w-0 flex-1 items-stretch gap-1 overflow-x-auto">
        {REVIEW_PLACES.map((place) => (
          <Link key={place.id} href={datasetUrl(dataset, place.path)} aria-current={here === place.id ? 'page' : undefined} className={cx('flex shrink-0 items-center rounded-medium px-2 my-1', here === place.id ? 'bg-hover font-medium text-ink' : 'text-soft hover:text-ink')}>{place.label}</Link>
        ))}
      </nav>
      <Who />
    </div>
  )
}

function Who() {
  const { name, ask, dialog } = useAskedName()
  return (
    <>
      <Button look="quiet" size="small" className="my-auto max-w-40 shrink-0" onClick={() => ask()} aria-label={name === null ? undefined : `Decisions are taken as ${name}. Change`}>
        <UserRound size={14} aria-hidden className="shrink-0" /><bdi className="truncate">{name ?? 'Who are you?'}</bdi>
      </Button>
      {dialog}
    </>
  )
}
