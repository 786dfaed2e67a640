'use client'

import { useState } from 'react'
import type { BlindSample } from '@/lib/review/blind-store'
import { REJECT_REASONS, type RejectReason } from '@/lib/review/schema'
import { CaptionText } from '../caption/caption-text'
import { useActs } from '../frame/keys'
import { Picture } from '../sample/picture'
import { Button } from '../ui/button'
import { cx } from '../ui/class-names'
import { Kbd } from '../ui/kbd'

type Decide = (decision: 'approve' | 'reject', reasons: readonly RejectReason[]) => void
type Props = BlindSample & { busy: boolean; onDecide: Decide; note?: React.ReactNode }

/** One picture, one caption, two keys; nothing of who wrote it or what others said. Give it a `key` for each caption. */
export function BlindDesk({ sample, caption, alt, altCuts, busy, onDecide, note }: Props) {
  const [reasons, setReasons] = useState<readonly RejectReason[] | null>(null)
  const approve = () => !busy && onDecide('approve', [])
  const reject = () => (reasons === null ? setReasons([]) : !busy && onDecide('reject', reasons))
  const toggle = (id: RejectReason) => setReasons((now) => (now?.includes(id) ? now.filter((one) => one !== id) : [...(now ?? []), id]))
  useActs([
    { label: 'Approve', keys: 'a', group: 'Decide', run: approve },
    { label: reasons === null ? 'Reject' : 'Reject for these reasons', keys: reasons === null ? 'x' : 'x | Enter', group: 'Decide', run: reject },
    ...(reasons === null ? [] : [
      { label: 'Back, do not reject', keys: 'Escape', group: 'Decide', minor: true, run: () => setReasons(null) },
      ...REJECT_REASONS.map((reason) => ({ label: `Reason: ${reason.label.toLowerCase()}`, keys: String(reason.digit), group: 'Reasons', minor: true, run: () => toggle(reason.id) })),
    ]),
  ])
  return (
    <div className="lg:grid lg:h-full lg:min-h-0 lg:grid-cols-[minmax(0,1.1fr)_minmax(0,1fr)]">
      <div className="h-[42dvh] bg-sunken p-2 lg:h-full"><Picture sample={sample} original eager /></div>
      <div className="flex min-w-0 flex-col gap-4 p-4 pb-0 lg:overflow-y-auto">
        <section aria-label={`${caption.kind} caption`} aria-live="polite">
          <h2 className="mb-1 font-semibold">{caption.kind}</h2>
          <CaptionText text={caption.text} cuts={caption.cuts} />
        </section>
        {alt !== null && (
          <section className="text-soft">
            <h2 className="mb-1 text-faint">The text it came with</h2>
            <CaptionText text={alt} cuts={altCuts} />
          </section>
        )}
        {note}
        {reasons !== null && (
          <fieldset className="flex flex-wrap gap-2">
            <legend className="mb-2 text-soft">Why? Press digits, then <Kbd keys="Enter" />; <Kbd keys="Escape" /> goes back.</legend>
            {REJECT_REASONS.map((reason) => (
              <Button key={reason.id} size="small" aria-pressed={reasons.includes(reason.id)} onClick={() => toggle(reason.id)} className={cx(reasons.includes(reason.id) && 'border-rejected bg-rejected-tint text-rejected')}>
                <Kbd keys={String(reason.digit)} />{reason.label}
              </Button>
            ))}
          </fieldset>
        )}
        <div className="sticky bottom-0 -mx-4 mt-auto flex gap-2 border-t border-line bg-page px-4 py-3">
          {reasons === null
            ? <Button size="large" look="plain" className="flex-1 text-approved" onClick={approve} aria-disabled={busy}>Approve <Kbd keys="a" /></Button>
            : <Button size="large" className="flex-1" onClick={() => setReasons(null)}>Back <Kbd keys="Escape" /></Button>}
          <Button size="large" look="danger" className="flex-1" onClick={reject} aria-disabled={busy}>Reject <Kbd keys={reasons === null ? 'x' : 'Enter'} /></Button>
        </div>
      </div>
    </div>
  )
}
