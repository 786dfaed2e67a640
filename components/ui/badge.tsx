import { Bot, Check, CircleDashed, CircleDot, Flag, PenLine, ShieldAlert, User, X, Archive, Trash2, FileText } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './class-names'

const SHAPE = 'inline-flex h-5 max-w-full items-center gap-1 rounded-small px-1.5 text-[12px] leading-5 whitespace-nowrap'

/** A word with its icon on its tint: never colour alone. */
export function Badge({ tone = 'text-soft bg-pending-tint', icon, children, title }: { tone?: string; icon?: ReactNode; children: ReactNode; title?: string }) {
  return (
    <span className={cx(SHAPE, tone)} title={title}>
      {icon && <span aria-hidden className="shrink-0">{icon}</span>}
      <span className="truncate">{children}</span>
    </span>
  )
}

const STANDING: Record<string, { tone: string; icon: ReactNode }> = {
  pending: { tone: 'text-pending bg-pending-tint', icon: <CircleDashed size={12} /> },
  approved: { tone: 'text-approved bg-approved-tint', icon: <Check size={12} /> },
  rejected: { tone: 'text-rejected bg-rejected-tint', icon: <X size={12} /> },
  edited: { tone: 'text-edited bg-edited-tint', icon: <PenLine size={12} /> },
}
export function StandingBadge({ standing }: { standing: string }) {
  const look = STANDING[standing] ?? STANDING.pending
  return <Badge tone={look.tone} icon={look.icon}>{standing}</Badge>
}

const ORIGIN: Record<string, { tone: string; icon: ReactNode }> = {
  source: { tone: 'text-source bg-source-tint', icon: <FileText size={12} /> },
  model: { tone: 'text-model bg-model-tint', icon: <Bot size={12} /> },
  human: { tone: 'text-human bg-human-tint', icon: <User size={12} /> },
}
export function OriginBadge({ origin }: { origin: string }) {
  const look = ORIGIN[origin] ?? ORIGIN.source
  return <Badge tone={look.tone} icon={look.icon}>{origin}</Badge>
}

export function FlagBadge({ rule, evidence }: { rule: string; evidence?: string }) {
  return <Badge tone="text-flag bg-flag-tint" icon={<Flag size={12} />} title={evidence}>{rule}</Badge>
}

export const QuarantinedBadge = () => <Badge tone="text-rejected bg-rejected-tint" icon={<ShieldAlert size={12} />} title="A guard’s flag is open: left out of bulk acts and blends until a person has looked.">quarantined</Badge>
export const RetiredBadge = () => <Badge icon={<Archive size={12} />} title="Taken out of play; kept.">retired</Badge>
export const DroppedBadge = () => <Badge tone="text-rejected bg-rejected-tint" icon={<Trash2 size={12} />} title="Leaves every release.">dropped</Badge>

const EVIDENCE: Record<string, string> = { supported: 'border border-supported text-supported', contradicted: 'border border-contradicted text-contradicted', unknown: 'border border-dashed border-unknown text-unknown' }
const EVIDENCE_ICON: Record<string, ReactNode> = { supported: <Check size={12} />, contradicted: <X size={12} />, unknown: <CircleDot size={12} /> }
/** What the checker found about a claim. */
export function EvidenceBadge({ verdict, children }: { verdict: 'supported' | 'contradicted' | 'unknown'; children?: ReactNode }) {
  return <Badge tone={EVIDENCE[verdict]} icon={EVIDENCE_ICON[verdict]}>{children ?? (verdict === 'unknown' ? 'not enough evidence' : verdict)}</Badge>
}
