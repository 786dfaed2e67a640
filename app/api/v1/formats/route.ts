import { door } from '@/app/api/door'
import { formats } from '@/lib/format'

export const GET = door(() => ({ formats: formats.all.map(({ id, label, carries, read, write }) => ({ id, label, carries, reads: Boolean(read), writes: Boolean(write) })) }))
