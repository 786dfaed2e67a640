import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { z } from 'zod'
import { queryOf, wideDoor } from '@/app/api/door'
import { AppError } from '@/lib/errors'
import { putUpload } from '@/lib/import/upload'

const Query = z.object({ path: z.string().min(1).max(1000) })

/** One file, as the raw body, under its relative path. */
export const PUT = wideDoor(async ({ params, url, request }) => {
  if (!request.body) throw new AppError('invalid', 'The request has no body: send the file itself.')
  const { path } = queryOf(url, Query)
  return { taken: await putUpload(params.id, path, Readable.fromWeb(request.body as ReadableStream)) }
})
