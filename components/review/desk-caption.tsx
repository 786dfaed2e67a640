'use client'

import { PenLine } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ClaimView } from '@/lib/claim/schema'
import type { Caption } from '../api'
import { CutMark } from '../caption/cut-mark'
import { cutsIn } from '../caption/cut-tail'
import { useCuts } from '../caption/use-cuts'
import { ClaimedText } from '../evidence/claimed-text'
import { standingWord } from '../sample/shown'
import { Badge, FlagBadge, OriginBadge, QuarantinedBadge, StandingBadge } from '../ui/badge'
import { cx } from '../ui/class-names'
import { counted, formatCount } from '../ui/numbers'
import { EditBox } from './edit-box'
import { draftOf, keptDraft } from './edit-draft'
import { tab, useKept } from './kept'

const NARROW = '(width < 48rem)'
/** Characters from which a text may scroll in its place, so that the keyboard must reach it. */
const SCROLLS = 300
/** Characters that fill more than one line. */
const SEVERAL_LINES = 90

type Props = {
  caption: Caption
  place: number
  claims: readonly ClaimView[]
  flags: readonly { rule: string; evidence: string }[]
  focused: boolean
  editing: boolean
  select?: { start: number; end: number }
  /** a model is writing it without what was struck */
  rewriting: boolean
  lit: number | null
  onLit: (claim: number | null) => void
  onFocus: () => void
  onPickClaim: (claim: number) => void
  /** false when it could not be */
  onSave: (text: string) => boolean
  onLeave: () => void
}

/** One caption on the desk. A long one scrolls inside, so that nothing else moves. */
export function DeskCaption({ caption, place, claims, flags, focused, editing, select, rewriting, lit, onLit, onFocus, onPickClaim, onSave, onLeave }: Props) {
  const card = useRef<HTMLElement>(null)
  useEffect(() => {
    // On a narrow screen the caption in focus stands right under the picture, however many there are.
    if (focused) card.current?.scrollIntoView({ block: window.matchMedia(NARROW).matches ? 'start' : 'nearest' })
  }, [focused])
  const [kept, keep] = useKept(`recaption.edit.${caption.id}`, tab)
  const draft = draftOf(caption, kept)
  const cuts = useCuts(caption.text, cutsIn(caption))
  const from = [...(caption.model ? [caption.model] : []), ...(caption.recipe ? [caption.recipe] : []), ...(caption.author ? [`by ${caption.author}`] : [])].join(' · ')
  const facts = [
    counted(caption.words, 'word'),
    ...(caption.tokens === null ? [] : [`${formatCount(caption.tokens)} CLIP`]),
  ]
  return (
    <article
      ref={card} aria-label={`${caption.kind}, ${caption.standing}`} aria-current={focused || undefined} data-caption={caption.id} onClick={focused ? undefined : onFocus}
      className={cx('flex shrink flex-col max-md:shrink-0 border-b border-l-[3px] border-b-line py-1.5 pr-4 pl-3', editing ? 'min-h-[214px]' : caption.text.length > SEVERAL_LINES ? 'min-h-[108px]' : 'min-h-[62px]', focused ? 'border-l-accent bg-accent-tint/40' : 'border-l-transparent', caption.standing === 'rejected' && !focused && 'bg-sunken text-soft')}
    >
      <header className="flex min-h-5 shrink-0 items-center gap-1.5 max-md:flex-wrap">
        <span aria-hidden className="w-3 text-[11px] text-faint tabular-nums">{place < 9 ? place + 1 : ''}</span>
        <h2 className="font-semibold">{caption.kind}</h2>
        <OriginBadge origin={caption.origin} />
        <StandingBadge standing={standingWord(caption)} />
        {caption.quarantined && <QuarantinedBadge />}
        {rewriting && <Badge title="A model writes it without what was struck; go on meanwhile">being rewritten</Badge>}
        {draft !== null && !editing && <Badge tone="text-edited bg-edited-tint" icon={<PenLine size={12} />} title="A text was typed here and not saved. Edit it to go on with it, or to discard it.">edit not saved</Badge>}
        {flags.map((flag) => <FlagBadge key={flag.rule} {...flag} />)}
        <span className="ml-auto flex min-w-0 justify-end gap-x-2 overflow-hidden text-[12px] whitespace-nowrap text-faint tabular-nums max-md:hidden">
          {from && <bdi className="max-w-56 truncate" title={from}>{from}</bdi>}
          {facts.map((fact) => <span key={fact} className="shrink-0">{fact}</span>)}
          {!editing && <CutMark text={caption.text} cuts={cuts} />}
        </span>
      </header>
      {editing ? (
        <EditBox
          text={draft ?? caption.text} select={draft === null ? select : undefined} onLeave={onLeave}
          onType={(text) => keep(keptDraft(caption, text))}
          onSave={(text) => onSave(text) && keep(null)}
          onDiscard={() => {
            keep(null)
            onLeave()
          }}
        />
      ) : (
        <div tabIndex={caption.text.length > SCROLLS ? 0 : undefined} role={caption.text.length > SCROLLS ? 'group' : undefined} aria-label={caption.text.length > SCROLLS ? `${caption.kind} text` : undefined} className={cx('measure mt-1 min-h-0 flex-1 overflow-y-auto max-md:max-h-48 pl-[18px] text-caption', caption.standing === 'rejected' && 'text-soft')}>
          <ClaimedText text={caption.text} cuts={cuts} claims={claims} lit={lit} onLit={onLit} onPick={focused ? onPickClaim : undefined} />
        </div>
      )}
    </article>
  )
}
