import { Channel } from './channel'
import type { Sink } from './types'

/** Writes several files of a release side by side, as their parts come in: split tables, shards with their index. */
export function manyFiles(sink: Sink): { push(path: string, part: string | Uint8Array): Promise<void>; close(path: string): Promise<void>; end(): Promise<void>; fail(error: unknown): Promise<void> } {
  const open = new Map<string, { channel: Channel<string | Uint8Array>; done: Promise<void> }>()
  const fileAt = (path: string) => {
    const known = open.get(path)
    if (known) return known
    const channel = new Channel<string | Uint8Array>()
    const done = sink.write(path, channel)
    // a failed write must also free a push that waits for room
    done.catch((error: unknown) => channel.fail(error))
    const made = { channel, done }
    open.set(path, made)
    return made
  }
  const close = async (path: string) => {
    const file = open.get(path)
    if (!file) return
    open.delete(path)
    file.channel.end()
    await file.done
  }
  return {
    push: (path, part) => fileAt(path).channel.push(part),
    close,
    async end() {
      for (const path of [...open.keys()]) await close(path)
    },
    async fail(error) {
      for (const { channel } of open.values()) channel.fail(error)
      await Promise.allSettled([...open.values()].map(({ done }) => done))
      open.clear()
    },
  }
}
