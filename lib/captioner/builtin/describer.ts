import type { ChildProcess } from 'node:child_process'
import { startChild } from '@/lib/child'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import type { Answer, Ask } from './protocol'
import type { Sight } from './sight'

const CHILD = 'lib/captioner/builtin/child.ts'
/** With pictures waiting and no answer for this long, the child hangs. The first answer includes loading. */
const HANGS_MS = 120_000
/** An idle child gives its memory (about 0.8 GB) back. */
const IDLE_MS = 120_000

type Waiting = { resolve: (sight: Sight) => void; reject: (error: Error) => void }

/** The child process that looks at pictures: started with the first picture, again after a crash, ended when idle. */
class Describer {
  private child: ChildProcess | undefined
  private readonly waiting = new Map<number, Waiting>()
  private lastId = 0
  private watch: NodeJS.Timeout | undefined

  look(bytes: Uint8Array, signal?: AbortSignal): Promise<Sight> {
    if (signal?.aborted) return Promise.reject(signal.reason)
    const id = ++this.lastId
    return new Promise<Sight>((resolve, reject) => {
      const forget = () => {
        this.settle(id)?.reject(signal?.reason)
        this.tell({ kind: 'forget', id })
      }
      const done = <T>(finish: (value: T) => void) => (value: T) => {
        signal?.removeEventListener('abort', forget)
        finish(value)
      }
      this.waiting.set(id, { resolve: done(resolve), reject: done(reject) })
      signal?.addEventListener('abort', forget, { once: true })
      this.tell({ kind: 'look', id, bytes })
      this.rewind()
    })
  }

  /** Ends the child; what is being looked at fails with 'unavailable'. */
  async close(): Promise<void> {
    clearTimeout(this.watch)
    const child = this.child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.ref()
    child.kill('SIGKILL') // it holds nothing that needs saving
    await ended
  }

  /** The child's process id, while it runs. */
  get pid(): number | undefined {
    return this.child?.pid
  }

  private tell(ask: Ask) {
    if (ask.kind === 'forget' && !this.child) return
    const child = (this.child ??= this.start())
    // A child that is gone says so with 'exit' too, which fails what waits.
    child.send(ask, () => undefined)
  }

  private start(): ChildProcess {
    const child = startChild(CHILD, [env.models, String(env.threads)])
    child.on('message', (message: Answer) => this.hear(message))
    child.once('error', (cause) => this.lost(child, `it could not be started: ${cause.message}`))
    child.once('exit', (code, signal) => this.lost(child, signal ? `it was ended by ${signal}` : `it ended with code ${code}`))
    return child
  }

  private hear(message: Answer) {
    const call = this.settle(message.id)
    this.rewind()
    if ('sight' in message) call?.resolve(message.sight)
    else call?.reject(new AppError(message.error.code, message.error.message))
  }

  private settle(id: number): Waiting | undefined {
    const call = this.waiting.get(id)
    this.waiting.delete(id)
    this.hold()
    return call
  }

  private lost(child: ChildProcess, why: string) {
    if (this.child !== child) return
    this.child = undefined
    clearTimeout(this.watch)
    for (const id of [...this.waiting.keys()]) this.settle(id)?.reject(new AppError('unavailable', `The built-in describer stopped while it looked at a picture: ${why}. Try again; it starts anew.`))
  }

  /** An idle child does not keep the program alive. */
  private hold() {
    const child = this.child
    if (!child) return
    if (this.waiting.size) {
      child.ref()
      child.channel?.ref()
    } else {
      child.unref()
      child.channel?.unref()
    }
  }

  private rewind() {
    clearTimeout(this.watch)
    this.hold()
    this.watch = setTimeout(() => void this.close(), this.waiting.size ? HANGS_MS : IDLE_MS)
    if (!this.waiting.size) this.watch.unref()
  }
}

export const describer = new Describer()
