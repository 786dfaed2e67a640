import { createReadStream, lstatSync, realpathSync, statSync } from 'node:fs'
import { open, readdir, readFile, realpath } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../errors'
import { isLitter, joined, shown, unsafePath } from './paths'
import type { ImportProblem, Mapping, Source } from './types'

/** entries of a folder tree that are listed; beyond that the dataset should be a table or shards */
const mostEntries = 20_000_000
/** bytes that `read` takes into memory at once */
const mostBytes = 2 ** 31 - 1

const within = (folder: string, file: string) => file === folder || file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep)
const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined)
const gone = (error: unknown) => ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EINVAL'].includes(String(codeOf(error)))

/** What the system refuses, in words a person can act on; anything unforeseen is passed on as it is. */
function denied(relative: string, cause: unknown): unknown {
  const name = `“${shown(relative)}”`
  const code = String(codeOf(cause))
  if (code === 'EACCES' || code === 'EPERM') return new AppError('refused', `${name} may not be read by this user. Change its permissions, or leave it out.`, { cause })
  if (code === 'EIO') return new AppError('refused', `${name} cannot be read: its disk reports an error.`, { cause })
  return gone(cause) ? new AppError('not_found', `${name} is not there any more.`, { cause }) : cause
}

/**
 * A folder, or one file of it (`only`), as a source. A path may lead to a file below the folder or below one of the
 * `allow`ed roots, links resolved; anything else is refused.
 */
export function folderSource(root: string, options: { only?: string; mapping: Mapping; allow: readonly string[] }): Source {
  const real = realpathSync(root)
  const roots = [real, ...options.allow.map((folder) => realpathSync(folder))]
  const problems: ImportProblem[] = []
  const realFolders = new Map<string, string | undefined>()
  let listed: Promise<readonly string[]> | undefined

  const realFolder = (folder: string) => {
    if (!realFolders.has(folder)) {
      let found: string | undefined
      try {
        found = realpathSync(folder)
      } catch (error) {
        if (!gone(error)) throw denied(path.relative(real, folder), error)
      }
      if (realFolders.size > 100_000) realFolders.clear()
      realFolders.set(folder, found)
    }
    return realFolders.get(folder)
  }

  /** The absolute path, or undefined when nothing is there. */
  const resolved = async (relative: string): Promise<string | undefined> => {
    const why = unsafePath(relative)
    const leads = why === 'is an absolute path' || why === 'leads out of the folder'
    const refused = (reason: string) => new AppError('refused', `The path “${shown(relative)}” ${reason}. Use a path below the folder of the dataset, or name its folder when you import.`)
    if (why && !leads) throw refused(why)
    const file = path.resolve(real, relative)
    const lexical = roots.some((folder) => within(folder, file)) || within(path.resolve(root), file)
    if (!lexical) throw refused(why ?? 'leads out of the folder')
    const folder = realFolder(path.dirname(file))
    if (folder === undefined) return undefined
    const place = path.join(folder, path.basename(file))
    try {
      // Asked synchronously: a promise for each of ten thousand pictures costs more than looking.
      const about = lstatSync(place)
      const target = about.isSymbolicLink() ? await realpath(place) : place
      if (!roots.some((one) => within(one, target))) throw refused('is a link that leads out of the folder')
      return (target === place ? about : statSync(target)).isFile() ? target : undefined
    } catch (error) {
      if (gone(error)) return undefined
      throw denied(relative, error)
    }
  }
  const must = async (relative: string) => {
    const file = await resolved(relative)
    if (!file) throw new AppError('not_found', `There is no file “${shown(relative)}” in ${real}.`)
    return file
  }

  const list = async (): Promise<readonly string[]> => {
    if (options.only !== undefined) return [options.only]
    const found: string[] = []
    const open = ['']
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      const entries = await readdir(path.join(real, folder), { withFileTypes: true }).catch((error: unknown) => {
        const why = denied(folder || path.basename(real), error)
        if (folder === '' || !(why instanceof AppError)) throw why
        problems.push({ problem: why.message, path: shown(folder) })
        return []
      })
      for (const entry of entries) {
        const relative = joined(folder, entry.name)
        if (isLitter(entry.name)) continue
        if (!relative.isWellFormed() || relative.includes('�')) problems.push({ problem: 'The file name is not valid UTF-8. Rename the file.', path: shown(relative) })
        else if (entry.isDirectory()) open.push(relative)
        else if (entry.isFile()) found.push(relative)
        else if (entry.isSymbolicLink()) {
          const file = await resolved(relative).catch((error: unknown) => {
            problems.push({ problem: error instanceof Error ? error.message : String(error), path: relative })
          })
          if (file) found.push(relative)
        }
        if (found.length > mostEntries) throw new AppError('refused', `${real} holds more than ${mostEntries.toLocaleString('en')} files. Import it in parts.`)
      }
    }
    return found.sort()
  }

  return {
    root: real,
    mapping: options.mapping,
    problems,
    paths: () => (listed ??= list()),
    async read(relative) {
      const file = await must(relative)
      const { size } = statSync(/* turbopackIgnore: true */ file)
      if (size > mostBytes) throw new AppError('refused', `“${relative}” has ${size} bytes, too many to read at once.`)
      return readFile(/* turbopackIgnore: true */ file).catch((error: unknown) => { throw denied(relative, error) })
    },
    async *stream(relative) {
      const file = await must(relative)
      try {
        yield* createReadStream(/* turbopackIgnore: true */ file, { highWaterMark: 1 << 20 })
      } catch (error) {
        throw denied(relative, error)
      }
    },
    file: resolved,
    async image(relative) {
      const file = await resolved(relative)
      return file === undefined ? undefined : { place: 'file', path: file }
    },
    close: async () => undefined,
  }
}

/** The first bytes of a file, to tell what it is. */
export async function headOf(file: string, length: number): Promise<Uint8Array> {
  const handle = await open(file, 'r')
  try {
    const bytes = new Uint8Array(length)
    const { bytesRead } = await handle.read(bytes, 0, length, 0)
    return bytes.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
