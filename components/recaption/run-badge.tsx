import { Ban, Check, CircleDashed, LoaderCircle, Pause, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { RunStatus } from '@/lib/recaption/schema'
import { Badge } from '../ui/badge'
import { STATUS } from './words'

const LOOK: Record<RunStatus, { tone?: string; icon: ReactNode }> = {
  pending: { icon: <CircleDashed size={12} /> },
  running: { tone: 'text-accent bg-accent-tint', icon: <LoaderCircle size={12} /> },
  paused: { tone: 'text-flag bg-flag-tint', icon: <Pause size={12} /> },
  done: { tone: 'text-approved bg-approved-tint', icon: <Check size={12} /> },
  cancelled: { icon: <Ban size={12} /> },
  failed: { tone: 'text-rejected bg-rejected-tint', icon: <X size={12} /> },
}

export const RunBadge = ({ status }: { status: RunStatus }) => <Badge {...LOOK[status]}>{STATUS[status]}</Badge>
