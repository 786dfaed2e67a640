import { availableParallelism } from 'node:os'
import { performance } from 'node:perf_hooks'
import { AppError } from '@/lib/errors'
import { release } from '@/lib/media/release'
import { bytesOf, isAway, mediaById, original } from '@/lib/media/store'
import { fromStored, type Asking, type Question } from './ask'
import type { SampleInput } from './input-store'
import { Limiter } from './limiter'

/** Pictures made ready at a time: one a core, and one that is read meanwhile. More would only hold memory and keep other work from the thread pool. */
const hands = new Limiter(availableParallelism() + 1)

/**
 * The question about one sample, its picture as it will be sent; or the caption that a stored answer gives. It is posed
 * before a place among the calls is asked for, so that making a picture smaller takes up none. `before` is called when a
 * hand is free and may throw to prevent it. Throws 'refused' without a picture, and what reading and decoding it throw.
 */
export async function pose({ asking, sample, signal, before = () => {} }: { asking: Asking; sample: SampleInput; signal: AbortSignal; before?: () => void }): Promise<Question> {
  const { mediaId } = sample
  if (mediaId === null) throw new AppError('refused', 'The sample has no picture.')
  // Fetching is waiting and needs no hand; what was fetched is read from the store.
  const media = mediaById(mediaId)
  if (isAway(media)) await bytesOf(media)
  const leave = await hands.place(signal)
  try {
    before()
    const started = performance.now()
    const picture = await original(mediaById(mediaId))
    const known = fromStored(asking, sample, picture)
    if (known.is === 'caption') return known
    const request = (await asking.captioner.prepare?.(known.request)) ?? known.request
    const made = request.media !== picture.bytes
    if (made) release(picture.bytes)
    return { ...known, request, made, ms: performance.now() - started }
  } finally {
    leave()
  }
}
