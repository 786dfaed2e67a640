import type { ClaimView } from '@/lib/claim/schema'
import type { Caption } from '../api'
import { ClaimedText } from '../evidence/claimed-text'
import { ClaimList } from '../evidence/claim-list'
import { standingWord } from '../sample/shown'
import { FlagBadge, OriginBadge, QuarantinedBadge, StandingBadge } from '../ui/badge'
import { counted, formatCount } from '../ui/numbers'
import { RelativeTime } from '../ui/relative-time'
import { CaptionText } from './caption-text'
import { cutsIn } from './cut-tail'
import { WordDiff } from './word-diff-view'

/** From about this many characters a text may scroll on a narrow screen, so that the keyboard must reach it. */
const SCROLLS = 500

type Evidence = { claims: readonly ClaimView[]; lit: number | null; onLit: (claim: number | null) => void }
type Flag = { rule: string; evidence: string; captionId: number | null }

/** One caption with all that is known about it. An edit can be seen against the text it was made from. */
export function CaptionCard({ caption, flags, parent, evidence }: { caption: Caption; flags: readonly Flag[]; parent?: Caption; evidence?: Evidence }) {
  const facts = [
    counted(caption.words, 'word'),
    ...(caption.tokens === null ? [] : [`${formatCount(caption.tokens)} CLIP tokens`]),
    ...(caption.model ? [caption.model] : []),
    ...(caption.recipe ? [`recipe ${caption.recipe}`] : []),
    ...(caption.runId ? [`run ${caption.runId}`] : []),
    ...(caption.author ? [`by ${caption.author}`] : []),
  ]
  return (
    <article aria-label={`${caption.kind} caption`} className="border-b border-line px-4 py-3 last:border-0">
      <header className="mb-1.5 flex flex-wrap items-center gap-1.5">
        <h2 className="font-semibold">{caption.kind}</h2>
        <OriginBadge origin={caption.origin} />
        <StandingBadge standing={standingWord(caption)} />
        {caption.quarantined && <QuarantinedBadge />}
        {flags.map((flag) => <FlagBadge key={flag.rule} {...flag} />)}
      </header>
      {evidence && evidence.claims.length > 0 ? (
        <>
          <div tabIndex={caption.text.length > SCROLLS ? 0 : undefined} role={caption.text.length > SCROLLS ? 'group' : undefined} aria-label={caption.text.length > SCROLLS ? `${caption.kind} text` : undefined} className="measure mb-2 max-h-96 overflow-y-auto text-caption"><ClaimedText text={caption.text} cuts={cutsIn(caption)} claims={evidence.claims} lit={evidence.lit} onLit={evidence.onLit} /></div>
          <ClaimList claims={evidence.claims} lit={evidence.lit} onLit={evidence.onLit} />
        </>
      ) : (
        <CaptionText text={caption.text} cuts={cutsIn(caption)} />
      )}
      {parent && (
        <details className="mt-2">
          <summary className="text-soft">What the edit changed</summary>
          <div className="mt-1 border-l-2 border-line pl-3"><WordDiff before={{ text: parent.text, cuts: cutsIn(parent) }} after={{ text: caption.text, cuts: cutsIn(caption) }} /></div>
        </details>
      )}
      <footer className="mt-1.5 flex flex-wrap gap-x-3 text-faint tabular-nums">
        {facts.map((fact) => <span key={fact} className="[overflow-wrap:anywhere]">{fact}</span>)}
        <RelativeTime at={caption.createdAt} />
      </footer>
    </article>
  )
}
