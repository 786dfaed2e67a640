import Link from 'next/link'
import { term } from '@/lib/sample/filter'
import type { SampleAnswer } from '../api'
import { datasetUrl } from '../frame/places'
import { FlagBadge } from '../ui/badge'
import { cx } from '../ui/class-names'
import { byDay, timelineOf } from './timeline'

type Props = { sample: SampleAnswer }

/** What speaks against it, each with its evidence; the rule leads to all samples that have it. */
export function Flags({ dataset, sample }: Props & { dataset: string }) {
  const kinds = new Map(sample.captions.map((caption) => [caption.id, caption.kind]))
  return (
    <>
      {sample.alignment && <p className="mb-2 text-soft">The alt text and the picture: <strong className="font-medium text-ink">{sample.alignment.verdict}</strong>{sample.alignment.why.length > 0 && <span className="measure"> – {sample.alignment.why.join('; ')}</span>}</p>}
      {sample.flags.length === 0 ? <p className="text-faint">No flag is open.</p> : (
        <ul className="flex flex-col gap-2">
          {sample.flags.map((flag) => (
            <li key={`${flag.rule}${flag.captionId}`} className="flex flex-wrap items-baseline gap-x-2">
              <Link href={datasetUrl(dataset, '', { filter: term('flag', flag.rule) })} className="hover:underline"><FlagBadge rule={flag.rule} /></Link>
              <span className="text-faint">{flag.captionId === null ? 'the sample' : (kinds.get(flag.captionId) ?? 'a caption')}</span>
              <bdi dir="auto" className="measure min-w-0 text-soft">{flag.evidence}</bdi>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

const TONE = { approved: 'text-approved', rejected: 'text-rejected', edited: 'text-edited', flag: 'text-flag' }

export function History({ sample }: Props) {
  return (
    <div className="flex flex-col gap-2">
      {byDay(timelineOf(sample)).map(([day, moments]) => (
        <section key={day}>
          <h3 className="text-faint tabular-nums">{day} <abbr title="Coordinated universal time" className="no-underline">UTC</abbr></h3>
          <ol>
            {moments.map((moment, i) => (
              <li key={i} className="flex gap-3">
                <time dateTime={moment.at} className="shrink-0 text-faint">{moment.clock}</time>
                <span className={cx('min-w-0 [overflow-wrap:anywhere]', moment.gone && 'line-through opacity-60')}>
                  <span className={moment.tone && TONE[moment.tone]}>{moment.what}</span>
                  {moment.who && <span className="text-soft"> by {moment.who}</span>}
                  {moment.note && <bdi dir="auto" className="text-soft">: {moment.note.slice(0, 400)}</bdi>}
                  {moment.gone && <span className="sr-only"> (taken back)</span>}
                </span>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** The columns that came with the sample and are carried to the export. */
export function Metadata({ sample }: Props) {
  const entries = Object.entries(sample.meta ?? {})
  return (
    <dl className="grid grid-cols-[minmax(80px,max-content)_minmax(0,1fr)] gap-x-4 gap-y-1">
      {[['key', sample.key] as [string, unknown], ...(sample.width === null ? [] : [['size', `${sample.width} × ${sample.height} px`] as [string, unknown]]), ...entries].map(([name, value], i) => (
        <div key={`${i}${name}`} className="contents">
          <dt className="truncate text-faint" title={name}>{name}</dt>
          <dd tabIndex={0} className="max-h-40 overflow-y-auto [overflow-wrap:anywhere] whitespace-pre-wrap tabular-nums"><bdi dir="auto">{shown(value)}</bdi></dd>
        </div>
      ))}
    </dl>
  )
}
