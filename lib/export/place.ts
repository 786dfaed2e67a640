import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'

/** `.name.<process>-<random>.part` beside the target: written there, renamed when it is proved. */
const ASIDE = /^\.(.+)\.(\d+)-[0-9a-f]{12}\.part$/

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '')

/** Process numbers come round again (in a container at every start), so our own folders are known by name. */
const held = globalThis as unknown as { recaptionAsides?: Set<string> }
const mine = (held.recaptionAsides ??= new Set())

function alive(folder: string, pid: number): boolean {
  if (pid === process.pid) return mine.has(folder)
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** Where a release goes. Only a person at the command line (`anywhere`) may name a folder outside the home's releases. */
export function targetOf(out: string | undefined, fallback: string, anywhere: boolean): string {
  const target = path.resolve(/* turbopackIgnore: true */ out === undefined || anywhere ? (out ?? path.join(env.releases, fallback)) : path.join(env.releases, out))
  const inside = target.startsWith(env.releases + path.sep)
  if (!anywhere && !inside) throw new AppError('refused', `A release made here stands below ${env.releases}. Give a folder name, or export from the command line.`)
  return target
}

/** Throws 'conflict' when the folder holds something: a release never overwrites. */
export async function mustBeFree(target: string): Promise<void> {
  const found = await readdir(target).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return []
    if (codeOf(error) === 'ENOTDIR') throw new AppError('conflict', `${target} is a file. Choose another folder for the release.`)
    throw error
  })
  if (found.length > 0) throw new AppError('conflict', `${target} is not empty. A release never overwrites: choose another folder, or remove this one first.`)
}

/** Removes what killed exports left beside this target. What a living process writes stays. */
export async function removeStale(target: string): Promise<void> {
  const parent = path.dirname(target)
  for (const name of await readdir(parent).catch(() => [] as string[])) {
    const found = ASIDE.exec(name)
    if (found && !alive(path.join(parent, name), Number(found[2]))) await rm(path.join(parent, name), { recursive: true, force: true })
  }
}

/** Whether a living process writes a release for this target. */
export async function isBeingWritten(target: string): Promise<boolean> {
  const names = await readdir(path.dirname(target)).catch(() => [] as string[])
  return names.some((name) => {
    const found = ASIDE.exec(name)
    return found !== null && found[1] === path.basename(target) && alive(path.join(path.dirname(target), name), Number(found[2]))
  })
}

/** A new folder beside the target, on its file system, in which the release is made. */
export async function openAside(target: string): Promise<string> {
  await mkdir(path.dirname(target), { recursive: true })
  const aside = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}-${randomBytes(6).toString('hex')}.part`)
  mine.add(aside)
  await mkdir(aside)
  return aside
}

/** Files synced at a time: the disk orders what it is given together. */
const SYNCS = 16

/**
 * Waits until a file or folder is on the disk. `r+`, because some systems sync only what may be written. What may not be
 * opened so was not written here (a link to a read-only picture), or is a folder where folders are never synced.
 */
async function synced(place: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(place, flags).catch((error: unknown) => {
    if (['EACCES', 'EPERM', 'EROFS', 'EISDIR'].includes(codeOf(error))) return undefined
    throw error
  })
  try {
    await handle?.sync()
  } finally {
    await handle?.close()
  }
}

/** Gives the proved release its name in one step, when all of it is on the disk, and makes the name durable. */
export async function settle(aside: string, target: string): Promise<void> {
  const files = await below(aside, 'isFile')
  for (let at = 0; at < files.length; at += SYNCS) await Promise.all(files.slice(at, at + SYNCS).map((file) => synced(path.join(aside, file), 'r+')))
  for (const folder of ['.', ...(await below(aside, 'isDirectory'))]) await synced(path.join(aside, folder), 'r')
  await mustBeFree(target)
  await rename(aside, target)
  await synced(path.dirname(target), 'r')
}

async function below(root: string, kind: 'isFile' | 'isDirectory'): Promise<string[]> {
  const found = await readdir(root, { recursive: true, withFileTypes: true })
  return found.filter((entry) => entry[kind]()).map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')).sort()
}

/** Every file below a folder by relative path, sorted. */
export const filesBelow = (root: string): Promise<string[]> => below(root, 'isFile')

/** Removes what an export that ended in this process left. */
export async function closeAside(aside: string): Promise<void> {
  await rm(aside, { recursive: true, force: true })
  mine.delete(aside)
}

export const exists = (file: string): Promise<boolean> => stat(file).then(() => true, () => false)

/** The dataset card in a release's folder; null when the folder is not there any more. */
export const cardText = (folder: string): Promise<string | null> => readFile(path.join(/* turbopackIgnore: true */ folder, 'README.md'), 'utf8').catch(() => null)
