import { link, mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Sink } from '@/lib/format/types'
import type { Linkable } from './released'

/**
 * A sink that gives a picture's file a second name instead of writing its bytes again. Hard links, because a symbolic link
 * would carry a path of this machine; where the file system cannot, the bytes are written.
 */
export function linkSink(sink: Sink, linkable: Linkable): Sink {
  return {
    file: (relative) => sink.file(relative),
    async write(relative, chunks) {
      const source = Array.isArray(chunks) && chunks.length === 1 && chunks[0] instanceof Uint8Array ? linkable.get(chunks[0]) : undefined
      if (source !== undefined) {
        const file = sink.file(relative)
        await mkdir(path.dirname(file), { recursive: true })
        const linked = await link(source, file).then(() => true, () => false)
        if (linked) return
      }
      await sink.write(relative, chunks)
    },
  }
}
