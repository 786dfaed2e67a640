import { door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { releaseById } from '@/lib/export/store'

export const GET = door(({ params }) => releaseById(idOf(params.id)))
