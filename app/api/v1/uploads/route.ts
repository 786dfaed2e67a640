import { door } from '@/app/api/door'
import { newUpload } from '@/lib/import/upload'

/** A place for the files that a browser sends before they are imported. */
export const POST = door(async () => ({ upload: await newUpload() }), 201)
