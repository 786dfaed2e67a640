'use client'

import { Scissors } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Cuts } from '@/lib/caption/limits'
import { formatShare } from '../ui/numbers'
import { cutTail, type Tail } from './cut-tail'
import { useTrainer } from './trainer'

const share = (tail: Tail) => `${tail.about && tail.cut ? 'about ' : ''}${formatShare(tail.share, 1)}`

/** The tail that the chosen trainer's text encoder cuts, and its name. */
export function useTail(text: string, cuts?: Cuts): { tail: Tail; label: string } {
  const { limit } = useTrainer()
  return { tail: cutTail(text, limit, cuts), label: limit.label }
}

/** What an encoder never reads stands grey behind a mark. */
export const CutText = ({ label, first = true, children }: { label: string; /** the mark stands where the tail begins */ first?: boolean; children: ReactNode }) => (
  <del className={first ? 'border-l-2 border-rejected pl-0.5 text-faint no-underline' : 'text-faint no-underline'} title={`Never read by ${label}`}>{children}</del>
)

/** How much of a caption is cut, in words, and how much of the text before an edit; nothing where all of both is read. */
export function CutNote({ tail, before, label }: { tail: Tail; before?: Tail; label: string }) {
  const was = before && share(before) !== share(tail) ? `before it ${share(before)}` : ''
  if (!tail.cut && !before?.cut) return null
  return (
    <span className="ml-2 text-data text-rejected">
      <span className="whitespace-nowrap">{share(tail)} cut by {label}{was && ','}</span>{was && <> <span className="whitespace-nowrap">{was}</span></>}{(tail.about || (was && before?.about)) && ' (estimate)'}
    </span>
  )
}

/** The same where there is little room. */
export function CutMark({ text, cuts }: { text: string; cuts?: Cuts }) {
  const { tail, label } = useTail(text, cuts)
  if (!tail.cut) return null
  const says = `${share(tail)} of the text is cut by ${label}${tail.about ? ', by estimate' : ''}`
  return <span className="flex shrink-0 items-center gap-0.5 text-rejected tabular-nums" title={says}><Scissors size={12} aria-hidden /><span aria-hidden>{formatShare(tail.share, 1)}</span><span className="sr-only">{says}</span></span>
}
