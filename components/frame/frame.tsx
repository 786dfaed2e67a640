'use client'

import { ChevronsUpDown, CircleHelp, Menu as MenuIcon, Search } from 'lucide-react'
import Link from 'next/link'
import { usePathname, useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { limits } from '@/lib/caption/limits'
import { nextLimit, useTrainer } from '../caption/trainer'
import { TrainerMenu } from '../caption/trainer-menu'
import { useDatasets } from '../queries'
import { IconButton } from '../ui/button'
import { cx } from '../ui/class-names'
import { Menu } from '../ui/menu'
import { formatCount } from '../ui/numbers'
import { ActivityStrip } from './activity-strip'
import type { Act } from './acts'
import { useActs, useShell } from './keys'
import { datasetUrl, placeOf, PLACES, REVIEW_PLACES } from './places'
import { ThemeToggle } from './theme-toggle'

function DatasetSwitcher({ dataset }: { dataset: string }) {
  const { data } = useDatasets()
  const entries = [...(data ?? []).map((one) => ({ label: one.name, href: datasetUrl(one.name), checked: one.name === dataset, hint: formatCount(one.samples) })), { label: 'About this dataset', href: datasetUrl(dataset, '/about') }, { label: 'All datasets', href: '/' }]
  return (
    <Menu
      label="Datasets"
      entries={entries}
      trigger={
        <button type="button" aria-label={`Dataset ${dataset}. Change`} className="flex h-8 min-w-0 items-center gap-1 rounded-medium px-2 font-medium hover:bg-hover">
          <bdi className="truncate">{dataset}</bdi>
          <ChevronsUpDown size={14} aria-hidden className="shrink-0 text-faint" />
        </button>
      }
    />
  )
}

/** What stands above every screen. Content below it scrolls by itself. */
export function Frame({ dataset, children }: { dataset?: string; children: ReactNode }) {
  const router = useRouter()
  const here = placeOf(usePathname())
  const { openPalette, openKeyMap } = useShell()
  const { limit, choose } = useTrainer()
  const go = (label: string, keys: string | undefined, href: string): Act => ({ label, keys, group: 'Go to', run: () => router.push(href) })
  useActs([go('Datasets', 'g d', '/'), ...(dataset === undefined ? [] : [...PLACES.map((place) => go(place.label, place.keys, datasetUrl(dataset, place.path))), ...REVIEW_PLACES.slice(1).map((place) => go(place.label, undefined, datasetUrl(dataset, place.path)))])])
  useActs([
    { label: 'Next trainer: what it cuts of captions is grey', keys: 'Shift+T', group: 'Trainer', minor: true, run: () => choose(nextLimit(limit.id).id) },
    ...limits.map((one) => ({ label: `Trainer: ${one.label}, ${one.usedBy}`, group: 'Trainer', run: () => choose(one.id) })),
  ])
  return (
    <div className="flex h-dvh flex-col">
      <a href="#content" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-page focus:p-2">Skip to the content</a>
      <header className="flex h-12 shrink-0 items-center gap-1 border-b border-line bg-sunken px-3">
        {dataset !== undefined && (
          <Menu label="Screens" entries={[...PLACES.map((place) => ({ label: place.label, href: datasetUrl(dataset, place.path), checked: here === place.id })), { label: 'Datasets', href: '/' }]} trigger={<button type="button" aria-label="Screens" className="flex size-8 items-center justify-center rounded-medium hover:bg-hover md:hidden"><MenuIcon size={16} aria-hidden /></button>} />
        )}
        <Link href="/" className={cx('rounded-medium px-2 py-1 font-semibold hover:bg-hover', dataset !== undefined && 'max-md:hidden')}>Recaption</Link>
        {dataset !== undefined && (
          <>
            <span aria-hidden className="text-faint max-md:hidden">/</span>
            <DatasetSwitcher dataset={dataset} />
            <nav aria-label="Screens" className="ml-3 hidden h-full items-stretch gap-1 md:flex">
              {PLACES.map((place) => (
                <Link key={place.id} href={datasetUrl(dataset, place.path)} aria-current={here === place.id ? 'page' : undefined} className={cx('-mb-px flex items-center border-b-2 px-2', here === place.id ? 'border-accent text-ink' : 'border-transparent text-soft hover:text-ink')}>{place.label}</Link>
              ))}
            </nav>
          </>
        )}
        <span className="flex-1" />
        <TrainerMenu />
        <IconButton label="Commands" keys="$mod+k" onClick={openPalette}><Search size={16} aria-hidden /></IconButton>
        <IconButton label="Keys of this screen" keys="[Shift]+?" onClick={openKeyMap} className="max-md:hidden"><CircleHelp size={16} aria-hidden /></IconButton>
        <ThemeToggle />
      </header>
      {dataset !== undefined && <ActivityStrip dataset={dataset} />}
      <main id="content" tabIndex={-1} className="min-h-0 flex-1 overflow-auto outline-none">{children}</main>
    </div>
  )
}
