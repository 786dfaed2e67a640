import { door } from '@/app/api/door'
import { openapi } from '@/app/api/openapi'

export const GET = door(() => openapi())
