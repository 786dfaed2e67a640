import { crc32, deflateSync } from 'node:zlib'
import { insertCaptions } from '@/lib/caption/store'
import { sentenceFor } from '@/lib/captioner/endpoint-answers'
import type { CaptionDraft, Captioner, CaptionRequest } from '@/lib/captioner/types'
import { createDataset } from '@/lib/dataset/store'
import { bulk } from '@/lib/db'
import { keep, mediaWriter } from '@/lib/media/store'

const chunk = (type: string, data: Buffer) => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}

/** A small picture of one colour; each `n` below 16 million has its own. `padding`: bytes that only make it larger. */
export function pictureOf(n: number, { side = 8, padding }: { side?: number; padding?: Buffer } = {}): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side)
  head.writeUInt32BE(side, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const row = Buffer.concat([Buffer.from([0]), ...Array.from({ length: side }, () => Buffer.from([(n >> 16) & 255, (n >> 8) & 255, n & 255]))])
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: side }, () => row)))), ...(padding ? [chunk('raWp', padding)] : []), chunk('IEND', Buffer.alloc(0))])
}

type Seed = { alt?: (n: number) => string | undefined; picture?: (n: number) => Uint8Array | Promise<Uint8Array>; /** so many different pictures, in turn */ pictures?: number }

/** A dataset of `count` samples with pictures of their own, keys `000001` and so on, and alt texts where `alt` gives one. */
export async function seedDataset(name: string, count: number, { alt = (n) => `alt text ${n}`, picture = (n) => pictureOf(n), pictures = count }: Seed = {}): Promise<{ id: number; samples: number[] }> {
  const { id } = await createDataset({ name })
  const kept: { sha256: string; bytes: number }[] = []
  for (let n = 1; n <= Math.min(pictures, count); n++) {
    const bytes = await picture(n)
    kept.push({ sha256: await keep(bytes), bytes: bytes.length })
  }
  const files = Array.from({ length: count }, (_, i) => kept[i % kept.length])
  const sql = bulk()
  const samples = sql.transaction(() => {
    const media = mediaWriter()
    const add = sql.prepare(`INSERT INTO Sample (datasetId, key, position, mediaId) VALUES (?, ?, ?, ?)`)
    return files.map((file, i) => {
      const mediaId = media({ ...file, place: 'store', path: file.sha256, mime: 'image/png', width: 8, height: 8 })
      const sampleId = Number(add.run(id, String(i + 1).padStart(6, '0'), i, mediaId).lastInsertRowid)
      const text = alt(i + 1)
      if (text) insertCaptions([{ datasetId: id, sampleId, text, kind: 'alt', origin: 'source' }])
      return sampleId
    })
  })()
  return { id, samples }
}

/** A captioner that answers with a sentence of the request's own; `script` may answer or throw in its place. */
export function scripted(script: (call: { n: number; request: CaptionRequest; signal: AbortSignal }) => CaptionDraft | undefined | Promise<CaptionDraft | undefined> = () => undefined, id = 'scripted'): Captioner & { calls: CaptionRequest[] } {
  const calls: CaptionRequest[] = []
  return {
    id,
    label: 'Scripted',
    calls,
    models: async () => ['script-1'],
    async write(request, signal) {
      calls.push(request)
      const said = await script({ n: calls.length, request, signal })
      return said ?? { text: sentenceFor(Buffer.from(request.media).toString('base64') + request.prompt.user + calls.length), finish: 'stop', usage: { inputTokens: 1000, outputTokens: 100 } }
    },
  }
}
