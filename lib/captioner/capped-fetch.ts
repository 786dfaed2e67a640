/** No honest caption needs more. */
export const MOST_BYTES = 8 * 1024 * 1024

export class TooLarge extends Error {
  override name = 'TooLarge'
}

/**
 * Bytes to be sent, as a stream: `fetch` copies a body of bytes and looks at the copy piece by piece, which costs as much
 * again as sending it. The length stands in the headers, since not every server reads a body in chunks.
 */
function asStream(init: RequestInit = {}): RequestInit & { duplex?: 'half' } {
  const { body } = init
  if (!(body instanceof Uint8Array)) return init
  const headers = new Headers(init.headers)
  headers.set('content-length', String(body.byteLength))
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(body)
      controller.close()
    },
  })
  return { ...init, headers, body: stream, duplex: 'half' }
}

/** `fetch` that follows no redirect and reads at most so many bytes of a body, counted after unpacking. */
export const cappedFetch =
  (mostBytes = MOST_BYTES): typeof fetch =>
  async (input, init) => {
    const response = await fetch(input, { ...asStream(init), redirect: 'error' })
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
