/** No honest caption needs more. */
export const MOST_BYTES = 8 * 1024 * 1024

export class TooLarge extends Error {
  override name = 'TooLarge'
}

/** `fetch` that follows no redirect and reads at most so many bytes of a body, counted after unpacking. */
export const cappedFetch =
  (mostBytes = MOST_BYTES): typeof fetch =>
  async (input, init) => {
    const response = await fetch(input, { ...init, redirect: 'error' })
    const announced = Number(response.headers.get('content-length') ?? NaN)
    if (announced > mostBytes) {
      await response.body?.cancel()
      throw new TooLarge()
    }
    // A packed body may grow beyond what is announced; a plain one cannot.
    if (!response.body || (announced <= mostBytes && !response.headers.has('content-encoding'))) return response
    let read = 0
    const capped = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          read += chunk.byteLength
          if (read > mostBytes) controller.error(new TooLarge())
          else controller.enqueue(chunk)
        },
      }),
    )
    return new Response(capped, { status: response.status, statusText: response.statusText, headers: response.headers })
  }
