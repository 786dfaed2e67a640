import { BadgeCheck, CircleDashed, CircleX } from 'lucide-react'
import type { PlanView } from '@/lib/review/certify-store'
import { Badge } from '../ui/badge'

/** How a sampling plan stands. */
export function PlanBadge({ status }: { status: PlanView['status'] }) {
  if (status === 'accepted' || status === 'accepting') return <Badge tone="text-approved bg-approved-tint" icon={<BadgeCheck size={12} />}>certified</Badge>
  if (status === 'rejected') return <Badge tone="text-rejected bg-rejected-tint" icon={<CircleX size={12} />}>not certified</Badge>
  return <Badge icon={<CircleDashed size={12} />}>open</Badge>
}
