import { door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { overlapById } from '@/lib/review/overlap-store'

export const GET = door(({ params }) => overlapById(idOf(params.id)))
