'use client'

import type { ClaimView } from '@/lib/claim/schema'
import type { Caption } from '../api'
import { cutsIn } from '../caption/cut-tail'
import { WordDiff } from '../caption/word-diff-view'
import { ClaimList } from '../evidence/claim-list'
import { claimInWords } from '../evidence/words'
import { cx } from '../ui/class-names'
import { COMPARISONS, type Comparison } from './desk'

const LABEL: Record<Comparison, string> = { claims: 'Claims', parent: 'Against its parent', alt: 'Against the alt text', model: 'Against the model’s text before' }

/** The text that a caption is compared with. */
export function comparedWith(caption: Caption, captions: readonly Caption[], by: Comparison): Caption | undefined {
  if (by === 'parent') return captions.find((one) => one.id === caption.parentId)
  if (by === 'alt') return captions.findLast((one) => one.kind === 'alt' && one.id !== caption.id)
  return captions.filter((one) => one.origin === 'model' && one.kind === caption.kind && one.id !== caption.id && (caption.id < 0 || one.id < caption.id)).sort((a, b) => b.id - a.id).at(0)
}

type Props = {
  caption: Caption | undefined
  captions: readonly Caption[]
  flags: readonly { rule: string; evidence: string }[]
  claims: readonly ClaimView[]
  claim: ClaimView | undefined
  lit: number | null
  compare: Comparison
  onCompare: (by: Comparison) => void
  onLit: (claim: number | null) => void
  onPick: (claim: number) => void
}

/** What is known about the caption in focus; its place and height stay the same. */
export function DeskDetail({ caption, captions, flags, claims, claim, lit, compare, onCompare, onLit, onPick }: Props) {
  const told = claim ?? claims.find((one) => one.id === lit)
  const base = caption && compare !== 'claims' ? comparedWith(caption, captions, compare) : undefined
  return (
    <section aria-label="About the caption in focus" className="flex h-[148px] shrink-0 flex-col border-t border-line bg-sunken max-md:hidden">
      <div role="group" aria-label="What is shown" className="flex h-8 shrink-0 items-center gap-1 px-3">
        {COMPARISONS.map((by) => (
          <button key={by} type="button" aria-pressed={compare === by} onMouseDown={(event) => event.preventDefault()} onClick={() => onCompare(by)} className={cx('h-6 rounded-small px-2 text-[12px]', compare === by ? 'bg-hover font-medium text-ink' : 'text-soft hover:text-ink')}>{LABEL[by]}</button>
        ))}
      </div>
      <div tabIndex={0} role="group" aria-label={LABEL[compare]} className="min-h-0 flex-1 overflow-y-auto px-4 pb-2">
        {caption && compare === 'claims' && (
          <div className="flex flex-col gap-1.5">
            {claims.length > 0 ? <ClaimList claims={claims} lit={lit} onLit={onLit} onPick={onPick} /> : <p className="text-soft">Nothing this caption says was checked: no statement was found in it, or no check ran since it was written.</p>}
            <p aria-live="polite" className="min-h-5 text-[12px] text-soft">{told && claimInWords(told)}</p>
            {flags.map((flag) => <p key={flag.rule} className="text-[12px] text-flag [overflow-wrap:anywhere]"><span className="font-medium">{flag.rule}</span>: {flag.evidence}</p>)}
          </div>
        )}
        {caption && compare !== 'claims' && (base ? <WordDiff before={{ text: base.text, cuts: cutsIn(base) }} after={{ text: caption.text, cuts: cutsIn(caption) }} /> : <p className="text-soft">There is no such text to compare with.</p>)}
      </div>
    </section>
  )
}
