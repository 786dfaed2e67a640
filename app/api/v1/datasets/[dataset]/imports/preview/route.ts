import { bodyOf, door } from '@/app/api/door'
import { previewImport } from '@/lib/import/preview'
import { Asked, sourceOf } from '../request'

/** How a source would be read: format, guessed mapping, ten rows and samples, problems so far. Nothing is written. */
export const POST = door(async ({ request }) => {
  const { upload, source, copy: _, ...asked } = await bodyOf(request, Asked)
  return previewImport({ ...asked, source: await sourceOf({ upload, source }) })
})
