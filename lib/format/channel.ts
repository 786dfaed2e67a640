/** One writer, one reader: what is pushed comes out of the iteration; a push waits while the reader is behind. */
export class Channel<T> implements AsyncIterable<T> {
  private readonly held: T[] = []
  private ended = false
  private failed: { error: unknown } | undefined
  private wakeReader: (() => void) | undefined
  private wakeWriter: (() => void) | undefined

  constructor(private readonly room = 8) {}

  async push(value: T): Promise<void> {
    while (this.held.length >= this.room && !this.failed) await new Promise<void>((resolve) => (this.wakeWriter = resolve))
    if (this.failed) throw this.failed.error
    this.held.push(value)
    this.wakeReader?.()
  }

  end(): void {
    this.ended = true
    this.wakeReader?.()
  }

  /** Makes the next push, or the reader, throw. */
  fail(error: unknown): void {
    this.failed ??= { error }
    this.wakeReader?.()
    this.wakeWriter?.()
  }

  async *[Symbol.asyncIterator](): AsyncIterator<T> {
    for (;;) {
      while (this.held.length > 0) {
        const value = this.held.shift()
        this.wakeWriter?.()
        if (value !== undefined) yield value
      }
      if (this.failed) throw this.failed.error
      if (this.ended) return
      await new Promise<void>((resolve) => (this.wakeReader = resolve))
    }
  }
}
