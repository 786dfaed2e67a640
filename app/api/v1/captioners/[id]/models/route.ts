import { door } from '@/app/api/door'
import { captionerById } from '@/lib/captioner/choose'

export const dynamic = 'force-dynamic'
export const GET = door(async ({ params }) => ({ models: await (await captionerById(params.id)).models() }))
