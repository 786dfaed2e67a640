import { door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { cardText } from '@/lib/export/place'
import { releaseById } from '@/lib/export/store'

/** The dataset card as it stands in the release's folder; null when the folder was moved or removed. */
export const GET = door(async ({ params }) => ({ card: await cardText(releaseById(idOf(params.id)).path) }))
