'use client'

import { CloudOff, TriangleAlert } from 'lucide-react'
import { Button } from '../ui/button'
import { counted } from '../ui/numbers'
import type { Entry } from './outbox'

const DID: Record<string, string> = { approve: 'approval', reject: 'rejection', edit: 'edit', clear: 'change', keep: 'keep', drop: 'drop', flag: 'flag', unflag: 'cleared flag' }
const whatOf = (entry: Entry) => `${entry.turn ? `${entry.turn.way} of the ` : ''}${DID[entry.deed.decision]} of ${entry.key}`

type Props = { entries: readonly Entry[]; unkept: boolean; onAgain: () => void; onMine: (entry: Entry) => void; onTheirs: (entry: Entry) => void }

/** Says what the server does not have yet and why; quiet while all goes well. */
export function SavingNote({ entries, unkept, onAgain, onMine, onTheirs }: Props) {
  const stuck = entries.filter((entry) => entry.state === 'waiting' && entry.tries > 0)
  const waiting = entries.filter((entry) => entry.state === 'waiting')
  const open = entries.filter((entry) => entry.state !== 'waiting')
  return (
    <div role="status" aria-label="Saving" className="absolute right-3 bottom-3 z-20 flex max-w-[min(92vw,440px)] flex-col gap-2">
      {stuck.length > 0 && (
        <div className="flex items-start gap-2 rounded-medium border border-line bg-raised p-3 shadow-float">
          <CloudOff size={16} aria-hidden className="mt-0.5 shrink-0 text-flag" />
          <p className="min-w-0 flex-1">
            {counted(waiting.length, 'decision')} not saved yet{unkept ? ', and this browser cannot keep them: leave the page open' : ', kept in this browser'}. {stuck[0].why} Trying again by itself.
          </p>
          <Button size="small" onClick={onAgain}>Try now</Button>
        </div>
      )}
      {open.slice(0, 3).map((entry) => (
        <div key={entry.token} role="alert" className="flex flex-col gap-2 rounded-medium border border-rejected bg-raised p-3 shadow-float">
          <p className="flex items-start gap-2">
            <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-rejected" />
            <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
              {entry.state === 'conflict' && entry.present ? `${entry.present.says}. Your ${whatOf(entry)} was not taken.` : `Your ${whatOf(entry)} could not be saved: ${entry.why}`}
            </span>
          </p>
          <span className="flex justify-end gap-2">
            {entry.state === 'conflict' && <Button size="small" look="primary" onClick={() => onMine(entry)}>Keep yours</Button>}
            <Button size="small" onClick={() => onTheirs(entry)}>{entry.state === 'conflict' ? 'Take theirs' : 'Let it go'}</Button>
          </span>
        </div>
      ))}
      {open.length > 3 && <p className="rounded-medium border border-line bg-raised px-3 py-2 shadow-float">And {counted(open.length - 3, 'other decision')}.</p>}
    </div>
  )
}
