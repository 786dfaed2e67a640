import { z } from 'zod'
import { door, queryOf } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { mediaById } from '@/lib/media/store'
import { SIDES, isSide, thumbnailOf } from '@/lib/media/thumbnail'

const Query = z.object({ side: z.coerce.number().default(320).refine(isSide, `a thumbnail is ${SIDES.join(', ')} pixels wide or high`) })

/** A picture's bytes never change under its id, so a browser may keep them. */
export const GET = door(async ({ params, url }) => {
  const { side } = queryOf(url, Query)
  if (!isSide(side)) throw new Error('checked above')
  const { bytes, mime } = await thumbnailOf(mediaById(idOf(params.id)), side)
  return new Response(new Uint8Array(bytes), { headers: { 'content-type': mime, 'cache-control': 'private, max-age=31536000, immutable', 'x-content-type-options': 'nosniff' } })
})
