import { AppError } from '@/lib/errors'
import { carried, carriedBack } from '@/lib/format/carried'
import { bytesAt } from '@/lib/format/member'
import { openSource } from '@/lib/format/source'
import { isProblem, type Format, type ReleasedSample, type Source, type WriteOptions } from '@/lib/format/types'
import { realRoots } from '@/lib/media/roots-store'
import { SetDigest } from './tally'

/** What is written, as the format promises to bring it back: kept as a digest, so that it stays small at any size. */
export class Proof {
  private readonly written = new SetDigest()
  private references = 0
  constructor(private readonly format: Format, private readonly options: WriteOptions) {}

  /** Milliseconds spent remembering what was written. */
  spent = 0

  add(samples: readonly ReleasedSample[]): void {
    const from = performance.now()
    for (const sample of samples) {
      this.written.add(JSON.stringify(carried(this.format, sample, this.options)))
      if (sample.reference !== undefined) this.references++
    }
    this.spent += performance.now() - from
  }

  /** Reads the folder back by the same format. Throws 'internal' when anything differs from what was written. */
  async check(folder: string, options: { signal?: AbortSignal; onProgress?: (done: number) => void } = {}): Promise<{ samples: number; carries: string[]; digest: string }> {
    if (!this.format.read) throw new AppError('invalid', `The format ${this.format.id} cannot be read back, so a release in it cannot be proved.`)
    const found = new SetDigest()
    // `relative`: pictures stay where they are, and every path to one must lead to a file. `reference`: a path is a word of
    // the source's, which leads nowhere from here.
    const relative = this.options.images === 'relative'
    const pictures = this.format.carries.includes('image') && !relative
    let led = 0
    const opened = await openSource(folder, {}, { allow: relative ? await realRoots() : [] })
    const source: Source = this.options.images === 'reference' ? { ...opened, image: async () => undefined } : opened
    try {
      for await (const batch of this.format.read(source)) {
        for (const one of batch) {
          if (isProblem(one)) throw new AppError('internal', `The release cannot be read back: ${one.path}${one.line ? `, line ${one.line}` : ''}: ${one.problem}`)
          if (one.image?.place === 'file') led++
          found.add(JSON.stringify(carriedBack(this.format, one, pictures && one.image ? await bytesAt(one.image) : undefined)))
        }
        options.onProgress?.(found.count)
        options.signal?.throwIfAborted()
      }
    } finally {
      await source.close()
    }
    if (found.count !== this.written.count) throw new AppError('internal', `${this.written.count} samples were written, ${found.count} were read back. The release was not made.`)
    if (found.hex() !== this.written.hex()) throw new AppError('internal', `What was read back differs from what was written (${this.format.carries.join(', ')}). The release was not made.`)
    if (relative && led !== this.references) throw new AppError('unavailable', `${this.references - led} of ${this.references} paths to pictures lead to no file that may be read. Pictures were moved or removed since the import, or their folder is no longer allowed; copy them instead (images: copy).`)
    return { samples: found.count, carries: [...this.format.carries], digest: found.hex() }
  }
}
