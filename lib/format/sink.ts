import { randomBytes } from 'node:crypto'
import { mkdir, open, link, rm, rename, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../errors'
import { insidePath } from './paths'
import type { Sink } from './types'

/** bytes gathered before a write reaches the file system */
const gather = 1 << 20

/**
 * A folder that a release is written into. Every file is written aside, synced and then given its name; a name is never
 * given twice, so two samples cannot end in one file.
 */
export function folderSink(root: string): Sink {
  const made = new Set<string>()
  const folder = async (file: string) => {
    const parent = path.dirname(file)
    if (made.has(parent)) return
    await mkdir(parent, { recursive: true })
    made.add(parent)
  }
  return {
    file: (relative) => path.join(root, insidePath(relative)),
    async write(relative, chunks) {
      const file = path.join(root, insidePath(relative))
      await folder(file)
      const aside = path.join(path.dirname(file), `.${randomBytes(6).toString('hex')}.part`)
      const handle = await open(aside, 'wx')
      try {
        let held: Uint8Array[] = []
        let size = 0
        const flush = async () => {
          if (size === 0) return
          const { bytesWritten } = await handle.writev(held)
          // a disk near its end takes a part without an error; the rest then says why
          if (bytesWritten < size) await handle.appendFile(Buffer.concat(held).subarray(bytesWritten))
          held = []
          size = 0
        }
        for await (const chunk of chunks) {
          const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
          held.push(bytes)
          size += bytes.length
          if (size >= gather || held.length >= 512) await flush()
        }
        await flush()
        await handle.sync()
        await handle.close()
        await place(aside, file, relative)
      } catch (error) {
        await handle.close().catch(() => undefined)
        await rm(aside, { force: true })
        throw error
      }
    },
  }
}

async function place(aside: string, file: string, relative: string): Promise<void> {
  const taken = () => new AppError('conflict', `The release would write “${relative}” twice. Two keys lead to one file name there.`)
  try {
    await link(aside, file)
    await rm(aside)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST') throw taken()
    // file systems without hard links
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP') throw error
    if (await stat(file).then(() => true, () => false)) throw taken()
    await rename(aside, file)
  }
}
