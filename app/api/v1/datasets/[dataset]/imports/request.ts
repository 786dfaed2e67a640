import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { PreviewRequest } from '@/lib/import/schema'
import { uploadSource } from '@/lib/import/upload'

/** Either files that were uploaded, or a path below an allowed root. */
export const Asked = PreviewRequest.partial({ source: true }).extend({ upload: z.string().optional(), copy: z.boolean().default(false) })

export async function sourceOf({ upload, source }: Pick<z.infer<typeof Asked>, 'upload' | 'source'>): Promise<string> {
  if (upload) return uploadSource(upload)
  if (source) return source
  throw new AppError('invalid', 'Name what to import: “upload” from POST /api/v1/uploads, or “source”, a path below an allowed root.')
}
