import { AppError, messageOf } from '@/lib/errors'

/** The optional package that runs local models; only processes of their own load it. Throws `refused` where it is not installed. */
export async function library() {
  try {
    return await import('@huggingface/transformers')
  } catch (cause) {
    throw new AppError('refused', `Local models need the optional package @huggingface/transformers, which is not installed. Run “npm ci” without --omit=optional. ${messageOf(cause).slice(0, 200)}`)
  }
}
