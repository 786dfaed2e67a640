import { createHash } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '@/lib/errors'

export const DATABASE = 'recaption.db'
export const MANIFEST = 'backup.json'

export const BackupManifest = z.object({
  version: z.literal(1),
  madeAt: z.string(),
  database: z.object({ sha256: z.string(), bytes: z.number() }),
  files: z.array(z.object({ path: z.string(), bytes: z.number() })),
})
export type BackupManifest = z.infer<typeof BackupManifest>

// The cache can be made again, and the database is copied by its own means.
const LEFT_OUT_ON_TOP = /^(cache|backup\.json|recaption\.db(-wal|-shm|-journal)?)$/
/** Unfinished, or of a running process only. */
const LEFT_OUT = /\.(part|partial|lock|sock)$/

/** Plain files below `root`, as paths from it; links are not followed. */
export async function filesBelow(root: string, below = ''): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(path.join(root, below), { withFileTypes: true })) {
    if (LEFT_OUT.test(entry.name) || (below === '' && LEFT_OUT_ON_TOP.test(entry.name))) continue
    const name = path.join(below, entry.name)
    if (entry.isDirectory()) found.push(...(await filesBelow(root, name)))
    else if (entry.isFile()) found.push(name)
  }
  return found.sort()
}

/** Copies files from one root to another; one that vanished meanwhile is left out. */
export async function copyFiles(from: string, to: string, files: readonly string[]): Promise<{ path: string; bytes: number }[]> {
  const copied: { path: string; bytes: number }[] = []
  for (const file of files) {
    await mkdir(path.dirname(path.join(to, file)), { recursive: true })
    try {
      await copyFile(path.join(from, file), path.join(to, file), constants.COPYFILE_FICLONE)
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') continue
      throw error
    }
    copied.push({ path: file, bytes: (await stat(path.join(to, file))).size })
  }
  return copied
}

export async function hashFile(file: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { sha256: hash.digest('hex'), bytes }
}

/** Reads a backup's manifest and compares what lies there with it. Throws 'invalid' when it is not whole. */
export async function checkBackup(from: string): Promise<BackupManifest> {
  const text = await readFile(path.join(from, MANIFEST), 'utf8').catch((cause: unknown) => {
    throw new AppError('not_found', `${from} is not a backup: it holds no ${MANIFEST}.`, { cause })
  })
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch (cause) {
    throw new AppError('invalid', `${path.join(from, MANIFEST)} cannot be read. Take another backup.`, { cause })
  }
  const manifest = BackupManifest.safeParse(read)
  if (!manifest.success) throw new AppError('invalid', `${path.join(from, MANIFEST)} is not a manifest of this version of Recaption.`)
  const found = await hashFile(path.join(from, DATABASE)).catch(() => undefined)
  if (found?.sha256 !== manifest.data.database.sha256) throw new AppError('invalid', `The database in ${from} is not the one that was backed up: it is damaged or was changed. Take another backup.`)
  for (const file of manifest.data.files) {
    if (path.isAbsolute(file.path) || file.path.split(path.sep).includes('..')) throw new AppError('refused', `The manifest in ${from} names a file outside the backup.`)
    const there = await stat(path.join(from, file.path)).catch(() => undefined)
    if (there?.size !== file.bytes) throw new AppError('invalid', `${file.path} is missing from the backup in ${from}, or was changed. Take another backup.`)
  }
  return manifest.data
}

/** Makes a folder whole under its final name or not at all. */
export async function aside(to: string, fill: (partial: string) => Promise<void>): Promise<void> {
  const partial = `${to}.partial`
  await rm(partial, { recursive: true, force: true })
  await mkdir(partial, { recursive: true })
  try {
    await fill(partial)
    await rename(partial, to)
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    throw error
  }
}

export const writeManifest = (folder: string, manifest: BackupManifest): Promise<void> => writeFile(path.join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`)
