import { mkdir, open, rm, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../errors'
import { insidePath } from './paths'
import type { Sink } from './types'

/** bytes gathered before a write reaches the file system */
const gather = 1 << 20
/** parts that one write may have */
const mostParts = 512

/** Writes in order, a gathered part at a time; the next is gathered meanwhile. */
class Gathered {
  private held: Uint8Array[] = []
  private size = 0
  private writing = Promise.resolve()
  constructor(private readonly handle: FileHandle) {}

  async add(chunk: Uint8Array | string): Promise<void> {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    this.held.push(bytes)
    this.size += bytes.length
    if (this.size >= gather || this.held.length >= mostParts) await this.flush()
  }

  /** Resolves when all is written; rejects with what a write failed of. */
  async end(): Promise<void> {
    await this.flush()
    await this.writing
  }

  /** Resolves when no write is under way any more, however it ended. */
  quiet = (): Promise<void> => this.writing.catch(() => undefined)

  private async flush(): Promise<void> {
    await this.writing
    if (this.size === 0) return
    this.writing = this.put(this.held, this.size)
    // a failure is thrown when its turn comes
    this.writing.catch(() => undefined)
    this.held = []
    this.size = 0
  }

  private async put(parts: readonly Uint8Array[], size: number): Promise<void> {
    const { bytesWritten } = await this.handle.writev(parts)
    // a disk near its end takes a part without an error; the rest then says why
    if (bytesWritten < size) await this.handle.appendFile(Buffer.concat(parts).subarray(bytesWritten))
  }
}

const twice = (name: string) => new AppError('conflict', `The release would write “${name}” twice: two keys lead to one file name there, or one of them to the other’s folder.`)

/**
 * A folder that a release is written into. A name is never given twice, so two samples cannot end in one file; a file that
 * cannot be written whole is removed. Nothing is synced here: the release is, before it gets its name.
 */
export function folderSink(root: string): Sink {
  const made = new Set<string>()
  const folder = async (file: string) => {
    const parent = path.dirname(file)
    if (made.has(parent)) return
    await mkdir(parent, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EEXIST' || error.code === 'ENOTDIR' ? twice(path.relative(root, file)) : error
    })
    made.add(parent)
  }
  return {
    file: (relative) => path.join(root, insidePath(relative)),
    async write(relative, chunks) {
      const file = path.join(root, insidePath(relative))
      await folder(file)
      const handle = await open(file, 'wx').catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'EEXIST' || error.code === 'EISDIR' ? twice(relative) : error
      })
      const gathered = new Gathered(handle)
      try {
        for await (const chunk of chunks) await gathered.add(chunk)
        await gathered.end()
        await handle.close()
      } catch (error) {
        await gathered.quiet()
        await handle.close().catch(() => undefined)
        await rm(file, { force: true })
        throw error
      }
    },
  }
}
