import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rm, writeFile, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '@/lib/errors'
import { chatBytes } from './openai'
import type { CaptionRequest } from './types'

/** OpenAI's documented limits of one file. */
export const LIMITS = { requests: 50_000, bytes: 200_000_000 }

export type BatchRequest = { /** comes back with the answer; unique in a run */ customId: string; request: CaptionRequest }
export type Packed = { file: string; token: string; requests: number; bytes: number }

/** The custom ids of a packed file, beside it; kept until its answers are collected. */
const idsFile = (file: string) => `${file}.ids`
export const idsOf = async (file: string): Promise<string[]> => (await readFile(idsFile(file), 'utf8')).split('\n').filter(Boolean)
export const removeIds = (file: string): Promise<void> => rm(idsFile(file), { force: true })

/**
 * Writes requests into as many files as the limits ask for, one JSON line each, read one at a time: memory stays flat.
 * A file is given when it is whole and on disk.
 */
export async function* packRequests(requests: AsyncIterable<BatchRequest> | Iterable<BatchRequest>, { folder, baseURL, limits = LIMITS }: { folder: string; baseURL: string; limits?: typeof LIMITS }): AsyncGenerator<Packed> {
  await mkdir(folder, { recursive: true })
  let handle: FileHandle | undefined
  let now: Packed | undefined
  let ids: string[] = []
  const close = async () => {
    await handle?.sync()
    await handle?.close()
    handle = undefined
    const whole = now
    if (whole) await writeFile(idsFile(whole.file), ids.join('\n'), { flush: true })
    now = undefined
    ids = []
    return whole
  }
  try {
    for await (const { customId, request } of requests) {
      const head = JSON.stringify({ custom_id: customId, method: 'POST', url: '/v1/chat/completions' }).slice(0, -1)
      const line = Buffer.concat([Buffer.from(`${head},"body":`), await chatBytes(request, baseURL), Buffer.from('}\n')])
      if (line.byteLength > limits.bytes) throw new AppError('refused', `The request ${customId} alone is larger than a batch may be (${limits.bytes} bytes). Choose a smaller longest side.`)
      if (now && (now.requests >= limits.requests || now.bytes + line.byteLength > limits.bytes)) {
        const whole = await close()
        if (whole) yield whole
      }
      if (!now) {
        const token = randomUUID()
        now = { file: path.join(folder, `${token}.jsonl`), token, requests: 0, bytes: 0 }
        handle = await open(now.file, 'wx')
      }
      await handle?.write(line)
      ids.push(customId)
      now.requests++
      now.bytes += line.byteLength
    }
    const last = await close()
    if (last) yield last
  } finally {
    await handle?.close()
    if (now) await rm(now.file, { force: true })
  }
}
