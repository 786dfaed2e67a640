import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { bulk } from '@/lib/db'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { prepared } from '@/lib/prepared'
import { readPart, unpack, writeAside } from './disk'
import { fetchGuarded, type FetchOptions } from './fetch'
import { readHeader } from './header'
import { inspectPicture } from './picture'
import { readNow } from './read-now'
import { allowedPath, allowedPathNow } from './roots-store'

export type MediaRow = {
  id: number
  /** null while a URL is not fetched, or when another row holds the same bytes */
  sha256: string | null
  mime: string | null
  width: number | null
  height: number | null
  bytes: number | null
  phash: string | null
  place: 'file' | 'member' | 'url' | 'store'
  /** absolute path of the file or shard; the URL; the hash in the store */
  path: string
  /** name in the shard; for a URL that was fetched, the hash under which the store keeps it */
  member: string | null
  offset: number | null
  length: number | null
  /** what a packed member unpacks to */
  inflate: number | null
  fault: string | null
}
export type NewMedia = Partial<Omit<MediaRow, 'id' | 'place' | 'path'>> & Pick<MediaRow, 'place' | 'path'>

const COLUMNS = 'sha256, mime, width, height, bytes, phash, place, path, member, offset, length, inflate, fault'

/** Throws 'not_found'. */
export function mediaById(id: number): MediaRow {
  const found = prepared(`SELECT id, ${COLUMNS} FROM Media WHERE id = ?`).get(id) as MediaRow | undefined
  if (!found) throw new AppError('not_found', `There is no picture ${id}.`)
  return found
}

/** Adds pictures, known ones by their hash only once. The statements are prepared once; call within a transaction. */
export function mediaWriter(): (media: NewMedia) => number {
  const insert = bulk().prepare(`INSERT INTO Media (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sha256) WHERE sha256 IS NOT NULL DO NOTHING`)
  const known = bulk().prepare(`SELECT id FROM Media WHERE sha256 = ?`).pluck()
  return (m) => {
    const added = insert.run(m.sha256 ?? null, m.mime ?? null, m.width ?? null, m.height ?? null, m.bytes ?? null, m.phash ?? null, m.place, m.path, m.member ?? null, m.offset ?? null, m.length ?? null, m.inflate ?? null, m.fault ?? null)
    return added.changes ? Number(added.lastInsertRowid) : (known.get(m.sha256) as number)
  }
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Where the managed store keeps the bytes of this hash. */
export const storePath = (sha256: string) => path.join(env.store, sha256.slice(0, 2), sha256)

/** Keeps bytes in the managed store under their hash; bytes that are there already are not written again. */
export async function keep(bytes: Uint8Array, sha256 = hashOf(bytes)): Promise<string> {
  const file = storePath(sha256)
  const there = await stat(file).catch(() => undefined)
  if (there?.size !== bytes.length) await writeAside(file, bytes)
  return sha256
}

/** Type and upright size of a picture's bytes. Throws 'refused' with the reason. */
export async function factsOf(bytes: Uint8Array): Promise<{ mime: string; width: number; height: number }> {
  const header = readHeader(bytes)
  return header?.whole ? { mime: header.mime, width: header.width, height: header.height } : inspectPicture(bytes)
}

/** Bytes behind a URL from now on come from the store. Another row with the same bytes keeps the hash; this one its own address. */
function fetched(id: number, sha256: string, facts: { mime: string; width: number; height: number; bytes: number }): void {
  const db = bulk()
  db.transaction(() => {
    db.prepare(`UPDATE Media SET mime = ?, width = ?, height = ?, bytes = ?, member = ?, fault = NULL WHERE id = ?`).run(facts.mime, facts.width, facts.height, facts.bytes, sha256, id)
    db.prepare(`UPDATE Media SET sha256 = ? WHERE id = ? AND NOT EXISTS (SELECT 1 FROM Media WHERE sha256 = ?)`).run(sha256, id, sha256)
  }).immediate()
}

const fetching = new Map<number, Promise<Uint8Array>>()

async function fetchMedia(media: MediaRow, options: FetchOptions): Promise<Uint8Array> {
  const { bytes } = await fetchGuarded(media.path, options)
  const facts = await factsOf(bytes)
  const sha256 = await keep(bytes)
  fetched(media.id, sha256, { ...facts, bytes: bytes.length })
  return bytes
}

/**
 * A picture's bytes, wherever they are: a file or shard (below an allowed root, checked anew at each reading), the managed
 * store, or a URL (fetched through the guard once, then kept). Throws 'not_found', 'refused' (never) or 'unavailable' (later).
 */
export async function bytesOf(media: MediaRow, options: FetchOptions = {}): Promise<Uint8Array> {
  switch (media.place) {
    case 'store':
      return readPart(storePath(media.path))
    case 'file':
      return readPart(await allowedPath(media.path))
    case 'member': {
      const packed = await readPart(await allowedPath(media.path), { offset: media.offset ?? 0, length: media.length ?? 0 })
      return media.inflate === null ? packed : unpack(packed, media.inflate, `“${media.member}” in ${media.path}`)
    }
    case 'url': {
      if (media.member) return readPart(storePath(media.member))
      const running = fetching.get(media.id) ?? fetchMedia(media, options).finally(() => fetching.delete(media.id))
      fetching.set(media.id, running)
      return running
    }
  }
}

/** Behind a web address and not fetched yet. */
export const isAway = (media: MediaRow): boolean => media.place === 'url' && media.member === null

/** The hash under which the managed store keeps a picture. */
const storedAs = ({ place, path: name, member }: MediaRow): string | undefined => (place === 'store' ? name : place === 'url' ? (member ?? undefined) : undefined)

/** `sha256` where it is known without reading the bytes once more: the managed store names them by it. */
export type Original = { bytes: Uint8Array; mime: string; sha256?: string }

/** The original as it may be served: its bytes with the type that they really have. */
export async function original(media: MediaRow): Promise<Original> {
  const bytes = await bytesOf(media)
  return { bytes, mime: (await factsOf(bytes)).mime, sha256: storedAs(media) }
}

/**
 * The same without waiting, on a disk that answers at once; undefined for what must be fetched, unpacked, decoded or refused
 * with its reason, which `original` does. Throws as `readPart` does.
 */
export function originalNow(media: MediaRow): Original | undefined {
  const sha256 = storedAs(media)
  if (sha256 === undefined && (media.place === 'url' || media.inflate !== null)) return undefined
  const file = sha256 === undefined ? allowedPathNow(media.path) : storePath(sha256)
  if (file === undefined) return undefined
  const bytes = readNow(file, media.place === 'member' ? { offset: media.offset ?? 0, length: media.length ?? 0 } : undefined)
  const header = readHeader(bytes)
  return header?.whole ? { bytes, mime: header.mime, sha256 } : undefined
}

/** Why a picture cannot be read, or null when it can again. */
export function setFault(id: number, fault: string | null): void {
  bulk().prepare(`UPDATE Media SET fault = ? WHERE id = ?`).run(fault, id)
}

export function setHash(id: number, phash: string): void {
  bulk().prepare(`UPDATE Media SET phash = ?, fault = NULL WHERE id = ?`).run(phash, id)
}
