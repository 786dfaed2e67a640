import { door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { batchById } from '@/lib/review/batch-store'

export const GET = door(({ params }) => batchById(idOf(params.id)))
