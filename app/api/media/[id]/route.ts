import { door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { mediaById, original } from '@/lib/media/store'

/** The original, with the type that the decoder found. */
export const GET = door(async ({ params, request }) => {
  const media = mediaById(idOf(params.id))
  const tag = media.sha256 ? `"${media.sha256}"` : undefined
  if (tag && request.headers.get('if-none-match') === tag) return new Response(null, { status: 304, headers: { etag: tag } })
  const { bytes, mime } = await original(media)
  return new Response(new Uint8Array(bytes), {
    headers: { 'content-type': mime, 'content-length': String(bytes.length), 'cache-control': 'private, max-age=3600', 'content-disposition': 'inline', 'x-content-type-options': 'nosniff', ...(tag ? { etag: tag } : {}) },
  })
})
