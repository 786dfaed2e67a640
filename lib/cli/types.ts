import type { ParseArgsConfig } from 'node:util'

export type Options = NonNullable<ParseArgsConfig['options']>
export type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>

export type Io = {
  /** aborted by Ctrl-C, or when whoever started us is gone */
  signal: AbortSignal
  /** A line about progress, on standard error; lines of one `topic` replace each other on a terminal. */
  progress(topic: string, line: string): void
}

/** One verb of the command line. One file in lib/cli/verbs/, one line in the registry, one in the README. */
export interface Verb {
  readonly id: string
  /** what follows `recaption <id>` */
  readonly usage: string
  readonly summary: string
  readonly options: Options
  /** how many positional arguments, at least and at most */
  readonly takes: readonly [number, number]
  /** further lines of `--help` */
  readonly notes?: readonly string[]
  /** `result` is the one JSON object of `--json`; `text` is what a person reads instead. */
  run(args: readonly string[], values: Values, io: Io): Promise<{ result: Readonly<Record<string, unknown>>; text: string }>
}
