'use client'

import type { ReactNode } from 'react'
import type { ManifestInShort } from '@/lib/export/schema'
import { writeWeights } from '../blend/weights'
import { DataTable } from '../chart/data-table'
import { formatCount, formatPercent } from '../ui/numbers'
import { Panel } from '../ui/panel'
import { CopyButton } from './copy-line'
import { Facts } from './facts'

/** Everything needed to make the release again, and what it holds; its files are listed by themselves. */
export function ManifestPanel({ manifest }: { manifest: ManifestInShort }) {
  const { spec } = manifest
  const facts: [ReactNode, ReactNode][] = [
    ['Made by', `${manifest.app.name} ${manifest.app.version}`],
    ['Licence', manifest.dataset.licence || 'not given'],
    ['p asked, p reached', `${formatPercent(100 * manifest.p)}, ${formatPercent(100 * manifest.effectiveP)}`],
    ['Mode', spec.mode],
    ['Weights', writeWeights(spec.weights) || 'all synthetic kinds alike'],
    ['Seed', String(manifest.seed)],
    ['Filter', manifest.filter || 'all samples'],
    ['Standings', manifest.standings.join(', ')],
    ['Fallback', spec.fallback ? `on, used ${formatCount(manifest.fallbacks)} times` : 'off'],
    ['Pictures', manifest.withoutImage > 0 ? `${manifest.images}; ${formatCount(manifest.withoutImage)} samples have none that can be read` : manifest.images],
    ['Left out', `${formatCount(manifest.excluded.dropped)} dropped, ${formatCount(manifest.excluded.nothingToSay)} without a caption that may speak`],
    ...(manifest.profile === 'spreadsheet' ? [['Cells', 'safe for spreadsheets: not byte-true'] as [ReactNode, ReactNode]] : []),
  ]
  const counts: [title: string, counts: Record<string, number>][] = [['Kind', manifest.byKind], ['Origin', manifest.byOrigin], ['Standing', manifest.byStanding], ['Model', manifest.byModel], ['Recipe', manifest.byRecipe], ['Split', manifest.bySplit], ['Licence of the sample', manifest.byLicence]]
  return (
    <Panel title="Manifest" aside={<CopyButton text={JSON.stringify(manifest, null, 2)} label="the manifest without its files" />}>
      <Facts facts={facts} />
      <div className="mt-4 grid gap-6 sm:grid-cols-2">
        {counts.filter(([, of]) => Object.keys(of).length > 0).map(([title, of]) => (
          <DataTable key={title} caption={`Samples by ${title.toLowerCase()}`} head={[title, 'Samples', 'Share']} rows={Object.entries(of).map(([name, count]) => [<bdi key="n" className="[overflow-wrap:anywhere]">{name}</bdi>, formatCount(count), formatPercent((100 * count) / manifest.samples)])} />
        ))}
      </div>
    </Panel>
  )
}
