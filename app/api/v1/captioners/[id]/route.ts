import { door } from '@/app/api/door'
import { captionerCard, removeCaptioner } from '@/lib/captioner/store'

export const dynamic = 'force-dynamic'
export const GET = door(({ params }) => captionerCard(params.id))
export const DELETE = door(async ({ params }) => ({ removed: await removeCaptioner(params.id) }))
