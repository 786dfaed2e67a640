import { realpathSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import path from 'node:path'
import { bulk, now } from '@/lib/db'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { prepared } from '@/lib/prepared'
import { diskError } from './disk'

/** Makes a folder one from which bytes may be read. Only a path that a person gave may come here, never one from data. */
export async function allowRoot(folder: string): Promise<string> {
  const real = await realpath(path.resolve(folder)).catch((error) => { throw diskError(error, folder) })
  bulk().prepare(`INSERT INTO Root (path, createdAt) VALUES (?, ?) ON CONFLICT (path) DO NOTHING`).run(real, now())
  return real
}

/** The folders below which bytes may be read: the operator's, those given on the command line, and our own store. */
export const allowedRoots = (): string[] => [...env.roots, env.store, ...(prepared(`SELECT path FROM Root ORDER BY id`).all() as { path: string }[]).map(({ path }) => path)]

/** The same as they really are, links followed; those that are not there now are left out. */
export const realRoots = async (): Promise<string[]> => (await Promise.all(allowedRoots().map((root) => realpath(root).catch(() => [])))).flat()

const below = (file: string, root: string) => file === root || file.startsWith(root.endsWith(path.sep) ? root : root + path.sep)
const isBelow = (real: string) => allowedRoots().some((root) => below(real, root))

/** Where the file really is, links followed. Throws 'refused' outside the allowed roots, 'not_found' when nothing is there. */
export async function allowedPath(file: string): Promise<string> {
  const real = await realpath(file).catch((error) => { throw diskError(error, file) })
  if (isBelow(real) || (await realRoots()).some((root) => below(real, root))) return real
  throw new AppError('refused', `${file} lies outside the folders that may be read. Give its folder on the command line, or name it in RECAPTION_ROOTS.`)
}

/** The same without waiting, for a file below a root that is no link itself; undefined for whatever needs a second look. */
export function allowedPathNow(file: string): string | undefined {
  try {
    const real = realpathSync.native(file)
    return isBelow(real) ? real : undefined
  } catch {
    return undefined
  }
}

/** Whether the file is there and below an allowed root, links followed. */
export const isAllowed = (file: string): Promise<boolean> => allowedPath(file).then(() => true, () => false)
