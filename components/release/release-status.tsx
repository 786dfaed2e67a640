import { Check, CircleDashed, X } from 'lucide-react'
import { Badge } from '../ui/badge'
import { formatCount } from '../ui/numbers'
import { Progress } from '../ui/progress'
import type { Release } from './queries'

const PHASE = { write: 'Writing', proof: 'Reading back' } as const

/** Where a release stands; while it is made, how far it is. */
export function ReleaseStatus({ release: { status, progress, why, id } }: { release: Pick<Release, 'id' | 'status' | 'progress' | 'why'> }) {
  if (status === 'done') return <Badge tone="text-approved bg-approved-tint" icon={<Check size={12} />}>proved</Badge>
  if (status === 'failed') return <Badge tone="text-rejected bg-rejected-tint" icon={<X size={12} />} title={why}>failed</Badge>
  if (!progress) return <Badge icon={<CircleDashed size={12} />}>{status === 'pending' ? 'waiting for a worker' : 'begun'}</Badge>
  return (
    <span role="status" className="flex items-center gap-2 whitespace-nowrap">
      {PHASE[progress.phase]} <Progress value={progress.done} total={progress.total} label={`Release ${id}`} className="w-24" /> {formatCount(progress.done)} of {formatCount(progress.total)}
    </span>
  )
}
