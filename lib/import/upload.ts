import { randomBytes } from 'node:crypto'
import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, statfs, utimes } from 'node:fs/promises'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { insidePath, isLitter } from '@/lib/format/paths'
import { diskError } from '@/lib/media/disk'

/** The largest file that is taken, a zip or a table included. */
export const MAX_UPLOAD_BYTES = 20 * 1024 ** 3
/** Left free on the disk for the database and copies. */
const KEEP_FREE = 512 * 1024 ** 2
const STALE_MS = 24 * 3600_000
const SINGLE = /\.(zip|csv|tsv|jsonl|ndjson|parquet|json|tar|tgz|gz)$/i

const folderOf = (id: string): string => {
  if (!/^[0-9a-f]{24}$/.test(id)) throw new AppError('invalid', 'That is not the id of an upload.')
  return path.join(env.uploads, id)
}

/** A place of its own for the files that a browser sends; the answer names it. Stale ones go meanwhile. */
export async function newUpload(): Promise<string> {
  await cleanUploads()
  const id = randomBytes(12).toString('hex')
  await mkdir(folderOf(id), { recursive: true }).catch((error) => { throw diskError(error, env.uploads) })
  return id
}

async function open(id: string): Promise<string> {
  const folder = folderOf(id)
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) throw new AppError('not_found', `There is no upload ${id}; it was imported already, or is older than a day. Choose the files again.`)
  return folder
}

/** Lets bytes through up to a cap. */
const capped = (most: number, name: string) => {
  let size = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      done(size > most ? new AppError('refused', `“${name}” is larger than ${Math.round(most / 1024 ** 2).toLocaleString('en')} MB.`) : null, chunk)
    },
  })
}

/**
 * Takes one file of an upload under its relative path: written aside and then named, so a broken connection leaves
 * nothing; sent again it takes the place of the first. Hidden files and desktop litter are passed over (answers false).
 */
export async function putUpload(id: string, relative: string, body: AsyncIterable<Uint8Array>, options: { maxBytes?: number } = {}): Promise<boolean> {
  const folder = await open(id)
  const inside = insidePath(relative)
  if (isLitter(inside)) return false
  const file = path.join(folder, inside)
  const aside = path.join(folder, `.${randomBytes(6).toString('hex')}.part`)
  try {
    const { bavail, bsize } = await statfs(folder)
    const room = bavail * bsize - KEEP_FREE
    if (room <= 0) throw new AppError('unavailable', `The disk is nearly full: ${env.uploads} takes no more files. Free space and go on.`)
    await mkdir(path.dirname(file), { recursive: true })
    await pipeline(body, capped(Math.min(options.maxBytes ?? MAX_UPLOAD_BYTES, room), inside), createWriteStream(aside, { flags: 'wx' }))
    await rename(aside, file)
    const now = new Date()
    await utimes(folder, now, now)
    return true
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined)
    throw diskError(error, file)
  }
}

/** What an import reads of an upload: the one archive or table when there is nothing else, else the folder itself. */
export async function uploadSource(id: string): Promise<string> {
  const top = await open(id)
  for (let folder = top; ; ) {
    const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => !entry.name.startsWith('.'))
    if (names.length === 0) throw new AppError('invalid', 'The upload holds no files. Choose a folder with pictures, or a zip.')
    const [only] = names
    if (names.length > 1 || (only.isFile() && !SINGLE.test(only.name))) return folder
    if (only.isFile()) return path.join(folder, only.name)
    // A dropped folder comes with its own name before every path; the keys are better off without it.
    folder = path.join(folder, only.name)
  }
}

/** Removes an upload with its files. `where` is its id or any path inside it. */
export async function endUpload(where: string): Promise<void> {
  const id = where.startsWith(env.uploads + path.sep) ? path.relative(env.uploads, where).split(path.sep)[0] : where
  await rm(folderOf(id), { recursive: true, force: true })
}

/** Removes uploads that nobody touched for a day; returns how many. */
export async function cleanUploads(olderThanMs = STALE_MS): Promise<number> {
  if (!existsSync(env.uploads)) return 0
  let removed = 0
  for (const name of await readdir(env.uploads)) {
    const folder = path.join(env.uploads, name)
    const about = await stat(folder).catch(() => undefined)
    if (!about || Date.now() - about.mtimeMs < olderThanMs) continue
    await rm(folder, { recursive: true, force: true })
    removed++
  }
  return removed
}
