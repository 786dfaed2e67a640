import Link from 'next/link'
import type { PlanSample, RunPlan } from '@/lib/recaption/schema'
import { CaptionText } from '../caption/caption-text'
import { sampleUrl } from '../frame/places'
import { Picture } from '../sample/picture'
import { FlagBadge } from '../ui/badge'
import { formatCount } from '../ui/numbers'
import { Skeleton } from '../ui/skeleton'
import { formatDuration, formatMoney } from './words'

/** The plan's dry run has as many samples at most. */
const DRY_RUN = 20

/** The few that were tried, each with its picture, what it came with, and what was written. */
export function PlanSamples({ dataset, plan, going }: { dataset: string; plan: RunPlan; going: boolean }) {
  const wanted = Math.min(DRY_RUN, plan.work)
  const waiting = going ? Math.max(0, wanted - plan.tried.length) : 0
  const failed = plan.tried.filter((one) => one.error).length
  if (wanted === 0) return null
  return (
    <section aria-label="Dry run">
      <h3 className="mt-4 mb-1 font-semibold">Dry run: {formatCount(plan.tried.length)} of {formatCount(wanted)} tried{failed > 0 && <span className="text-rejected">, {formatCount(failed)} without a caption</span>}</h3>
      <ul className="divide-y divide-line border-y border-line">
        {plan.tried.map((one) => <li key={one.sampleId}><Tried dataset={dataset} one={one} /></li>)}
        {Array.from({ length: Math.min(waiting, 3) }, (_, i) => <li key={i} className="flex gap-3 py-2"><Skeleton className="size-24 shrink-0" /><Skeleton className="h-16 flex-1" /></li>)}
      </ul>
    </section>
  )
}

function Tried({ dataset, one }: { dataset: string; one: PlanSample }) {
  return (
    <article aria-label={one.key} className="flex gap-3 py-2">
      <Link href={sampleUrl(dataset, one.key)} aria-label={`Open ${one.key}`} className="block size-24 shrink-0 bg-sunken">
        <Picture sample={{ key: one.key, mediaId: one.mediaId, fault: null, dropped: false }} />
      </Link>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        {one.text !== undefined && <CaptionText text={one.text} cuts={one.cuts} />}
        {one.error && <p role="note" className="measure text-rejected">{one.error}</p>}
        {one.alt && <div className="flex gap-1.5 text-source"><span className="shrink-0">alt:</span><CaptionText small text={one.alt} cuts={one.altCuts} lines={2} /></div>}
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-faint tabular-nums">
          <bdi className="max-w-48 truncate">{one.key}</bdi>
          {one.cached ? <span>stored answer, no call</span> : one.ms > 0 && <span>{formatDuration(one.ms / 1000)}</span>}
          {one.cost > 0 && <span>{formatMoney(one.cost)}</span>}
          {one.flags.map((flag) => <FlagBadge key={flag.rule} {...flag} />)}
        </p>
      </div>
    </article>
  )
}
