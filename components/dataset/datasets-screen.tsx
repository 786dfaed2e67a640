'use client'

import { FolderOpen, FileArchive } from 'lucide-react'
import Link from 'next/link'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, type SyntheticEvent } from 'react'
import type { DatasetCard } from '../api'
import { useActs } from '../frame/keys'
import { datasetUrl } from '../frame/places'
import { useDatasets } from '../queries'
import { Button } from '../ui/button'
import { EmptyState, ErrorNote } from '../ui/notes'
import { formatCount, formatShare } from '../ui/numbers'
import { RelativeTime } from '../ui/relative-time'
import { Skeleton } from '../ui/skeleton'
import { thumbnailOf } from '../api'
import { DropVeil } from './import/drop-veil'
import { filesOf, type Picked } from './import/picked'
import { ImportDialog } from './import/import-dialog'
import { useImportFlow } from './import/use-import-flow'

/** What do I have, and what should I do next? */
export function DatasetsScreen() {
  const { data, error } = useDatasets()
  const client = useQueryClient()
  const flow = useImportFlow()
  return (
    <div className="mx-auto max-w-6xl px-4 py-6">
      <header className="mb-5 flex flex-wrap items-center gap-3">
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="text-display font-semibold">Datasets</h1>
          <p className="text-soft">Drop a folder or a zip of pictures anywhere on this page to import it.</p>
        </div>
        <Choose onPicked={flow.begin} />
      </header>
      {error && <ErrorNote error={error} retry={() => void client.invalidateQueries({ queryKey: ['datasets'] })} />}
      {!data && !error && <div role="status" aria-label="Loading" className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">{Array.from({ length: 3 }, (_, i) => <Skeleton key={i} className="h-64" />)}</div>}
      {data?.length === 0 && (
        <EmptyState title="No dataset yet" command="recaption import ./pictures --dataset my-pictures">
          Begin with a folder of pictures: texts may lie beside them as .txt files, or stand in a metadata.jsonl, a CSV or a TSV. Nothing leaves this machine.
        </EmptyState>
      )}
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">{data?.map((card) => <li key={card.id}><Card card={card} /></li>)}</ul>
      <DropVeil onPicked={flow.begin} />
      <ImportDialog flow={flow} />
    </div>
  )
}

function Choose({ onPicked }: { onPicked: (picked: Picked) => void }) {
  const folder = useRef<HTMLInputElement>(null)
  const files = useRef<HTMLInputElement>(null)
  const take = (list: FileList | null) => {
    if (list?.length) onPicked(filesOf([...list]))
  }
  useActs([
    { label: 'Import a folder', group: 'Import', run: () => folder.current?.click() },
    { label: 'Import a zip or files', group: 'Import', run: () => files.current?.click() },
  ])
  return (
    <div className="flex flex-wrap gap-2">
      <input ref={folder} type="file" multiple className="sr-only" tabIndex={-1} aria-label="Folder to import" {...{ webkitdirectory: '' }} onChange={(event) => take(event.target.files)} onClick={(event) => (event.currentTarget.value = '')} />
      <input ref={files} type="file" multiple className="sr-only" tabIndex={-1} aria-label="Zip or files to import" onChange={(event) => take(event.target.files)} onClick={(event) => (event.currentTarget.value = '')} />
      <Button onClick={() => files.current?.click()}><FileArchive size={16} aria-hidden />Import a zip</Button>
      <Button look="primary" onClick={() => folder.current?.click()}><FolderOpen size={16} aria-hidden />Import a folder</Button>
    </div>
  )
}

/** What a person would do next with a dataset in this state. */
function nextStep(card: DatasetCard): { label: string; href: string } {
  if (card.samples === 0) return { label: 'Import pictures into it', href: datasetUrl(card.name, '/about') }
  if (card.captioned < card.samples) return { label: `Recaption ${formatCount(card.samples - card.captioned)}`, href: datasetUrl(card.name, '/recaption', { filter: card.captioned ? 'missing:short missing:detailed' : '' }) }
  if (card.reviewed < card.samples) return { label: `Review ${formatCount(card.samples - card.reviewed)}`, href: datasetUrl(card.name, '/review') }
  return { label: 'Blend and release', href: datasetUrl(card.name, '/blend') }
}

/** On a card pictures are ornament: one that cannot be shown leaves its ground, and the dataset's own pages say why. */
const hide = (event: SyntheticEvent<HTMLElement>) => void (event.currentTarget.hidden = true)

function Card({ card }: { card: DatasetCard }) {
  const next = nextStep(card)
  const facts: [string, string][] = [
    ['Samples', formatCount(card.samples)],
    ['With captions', formatShare(card.captioned, card.samples)],
    ['Reviewed', formatShare(card.reviewed, card.samples)],
    ['Open flags', formatCount(card.openFlags)],
  ]
  return (
    <article aria-label={card.name} className="overflow-hidden rounded-large border border-line bg-raised">
      <Link href={datasetUrl(card.name)} aria-label={`Inspect ${card.name}`} className="group block">
        <div className="grid h-28 grid-cols-4 gap-px bg-line">
          {Array.from({ length: 4 }, (_, i) => (
            <div key={i} className="overflow-hidden bg-sunken">{card.thumbnails[i] !== undefined && <img src={thumbnailOf(card.thumbnails[i])} alt="" loading="lazy" onError={hide} className="size-full object-cover" />}</div>
          ))}
        </div>
        <h2 className="truncate px-3 pt-3 text-caption font-semibold group-hover:underline"><bdi>{card.name}</bdi></h2>
      </Link>
      <dl className="grid grid-cols-2 gap-x-4 px-3 py-2">
        {facts.map(([name, value]) => <div key={name} className="flex justify-between gap-2"><dt className="text-soft">{name}</dt><dd className="tabular-nums">{value}</dd></div>)}
      </dl>
      <footer className="flex items-center justify-between gap-3 border-t border-line px-3 py-2">
        <span className="min-w-0 truncate text-faint">{card.lastRelease ? <>Released as {card.lastRelease.format}, <RelativeTime at={card.lastRelease.finishedAt} /></> : 'Not released yet'}</span>
        <Link href={next.href} className="link shrink-0">{next.label}</Link>
      </footer>
    </article>
  )
}
