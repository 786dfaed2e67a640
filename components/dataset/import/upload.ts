import { ApiError, ask } from '../../api'
import type { Picked, PickedFile } from './picked'

/** Files on their way at once. */
const LANES = 4

export type Sent = { files: number; bytes: number }

/** What a refusal says: the server's own sentence, or its number where something else answered, with a page of its own. */
export function refusalOf(file: string, status: number, text: string): ApiError {
  let error: { code?: string; message?: string } | undefined
  try {
    error = (JSON.parse(text) as { error?: typeof error } | null)?.error
  } catch {
    error = undefined
  }
  return new ApiError(error?.message ?? `The server answered ${status} to “${file}”.`, status, error?.code ?? 'internal')
}

/** Sends one file as it is; `onBytes` hears how much of it has gone. */
function put(url: string, file: File, onBytes: (bytes: number) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const stop = () => request.abort()
    signal.addEventListener('abort', stop, { once: true })
    request.upload.onprogress = (event) => onBytes(event.loaded)
    request.onerror = () => reject(new ApiError(`“${file.name}” did not reach the server. See whether it still runs, then try again.`, 503, 'unavailable'))
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'))
    request.onload = () => {
      signal.removeEventListener('abort', stop)
      if (request.status < 300) return resolve()
      reject(refusalOf(file.name, request.status, request.responseText))
    }
    request.open('PUT', url)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.send(file)
  })
}

/** Sends everything that was picked; answers the upload that an import can name. */
export async function uploadAll(picked: Picked, onSent: (sent: Sent) => void, signal: AbortSignal): Promise<string> {
  const { upload } = await ask<{ upload: string }>('/api/v1/uploads', { method: 'POST', signal })
  // What one lane fails at stops the others: they would send for nothing, and their progress would cover the failure.
  const failed = new AbortController()
  const stop = AbortSignal.any([signal, failed.signal])
  const waiting = [...picked.files].reverse()
  const partial = new Map<PickedFile, number>()
  const sent: Sent = { files: 0, bytes: 0 }
  const tell = () => onSent({ files: sent.files, bytes: sent.bytes + [...partial.values()].reduce((sum, bytes) => sum + bytes, 0) })
  const progress = (file: PickedFile) => (bytes: number) => {
    partial.set(file, bytes)
    tell()
  }
  const lane = async () => {
    for (let next = waiting.pop(); next && !stop.aborted; next = waiting.pop()) {
      await put(`/api/v1/uploads/${upload}/files?${new URLSearchParams({ path: next.path })}`, next.file, progress(next), stop)
      partial.delete(next)
      sent.files++
      sent.bytes += next.file.size
      tell()
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane)).catch((error: unknown) => {
    failed.abort()
    throw error
  })
  signal.throwIfAborted()
  return upload
}
