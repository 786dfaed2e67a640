import Link from 'next/link'
import { CaptionText } from '../caption/caption-text'
import { datasetUrl, sampleUrl } from '../frame/places'
import { Picture } from '../sample/picture'
import { FlagBadge, QuarantinedBadge } from '../ui/badge'
import { Panel } from '../ui/panel'
import type { RunView } from './queries'
import { isOver } from './words'

/** The newest captions of a run, each with its picture. */
export function RunLatest({ dataset, run }: { dataset: string; run: RunView }) {
  const { latest } = run.progress
  return (
    <Panel title="Latest captions" className="lg:border-b-0" aside={run.progress.done > 0 && !run.rolledBack && <Link className="link" href={datasetUrl(dataset, '', { filter: `run:${run.id}` })}>All of them in the grid</Link>}>
      {latest.length === 0 && <p className="text-soft">{isOver(run.status) ? 'It wrote no caption.' : run.status === 'paused' ? 'None yet; it is held.' : 'None yet. A worker writes them; without one, start “recaption worker”.'}</p>}
      <ul className="divide-y divide-line">
        {latest.map((one) => (
          <li key={one.captionId}>
            <article aria-label={one.key} className="flex gap-3 py-2">
              <Link href={sampleUrl(dataset, one.key)} aria-label={`Open ${one.key}`} className="block size-24 shrink-0 bg-sunken">
                <Picture sample={{ key: one.key, mediaId: one.mediaId, fault: null, dropped: false }} />
              </Link>
              <div className="flex min-w-0 flex-1 flex-col gap-1">
                <CaptionText text={one.text} cuts={one.cuts} />
                <p className="flex flex-wrap items-center gap-2 text-faint"><bdi className="max-w-56 truncate">{one.key}</bdi>{one.quarantined && <QuarantinedBadge />}{one.flags.map((flag) => <FlagBadge key={flag.rule} {...flag} />)}</p>
              </div>
            </article>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
