import { existsSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { startChild } from '@/lib/child'
import { AppError, type ErrorCode } from '@/lib/errors'
import { checkModelName, florenceLayout, type Layout, type Precision } from './florence-files'

const CHILD = 'lib/captioner/florence-hub-child.ts'
/** What transformers.js calls a file that is not whole yet. */
const PARTIAL = /\.tmp\.\d+\.\w+$/

export type HubAsk = { folder: string; model: string; precision: Precision; host: string }
export type HubProgress = { file: string; loaded: number; total: number }
export type HubAnswer = HubProgress | { done: true } | { error: { code: ErrorCode; message: string } }

type Options = HubAsk & { signal: AbortSignal; onProgress?: (progress: HubProgress) => void }

function sweep(folder: string): void {
  if (!existsSync(folder)) return
  for (const one of readdirSync(folder, { recursive: true, withFileTypes: true })) if (one.isFile() && PARTIAL.test(one.name)) rmSync(path.join(one.parentPath, one.name), { force: true })
}

/**
 * Fetches a Florence-2 from a hub to `<folder>/<owner>/<name>`, because a person asked for it: nothing else here ever does.
 * In a process of its own, which is ended with `signal`; files that are whole are not fetched again. Throws 'refused' and
 * names what the model lacks, or 'unavailable' when the hub cannot be reached.
 */
export async function fetchFlorence({ signal, onProgress, ...ask }: Options): Promise<Layout> {
  checkModelName(ask.model)
  signal.throwIfAborted()
  const child = startChild(CHILD)
  const stop = () => child.kill('SIGKILL')
  signal.addEventListener('abort', stop, { once: true })
  try {
    await new Promise<void>((resolve, reject) => {
      child.on('message', (answer: HubAnswer) => {
        if ('file' in answer) onProgress?.(answer)
        else if ('done' in answer) resolve()
        else reject(new AppError(answer.error.code, answer.error.message))
      })
      child.once('error', reject)
      child.once('exit', () => reject(signal.aborted ? (signal.reason as Error) : new AppError('unavailable', 'The process that fetches the model ended. It may have run out of memory; try a smaller precision.')))
      child.send({ ...ask, host: ask.host.replace(/\/*$/, '/') } satisfies HubAsk)
    })
    return florenceLayout(ask.folder, ask.model)
  } finally {
    signal.removeEventListener('abort', stop)
    const ended = child.exitCode !== null || child.signalCode !== null ? undefined : new Promise((resolve) => child.once('exit', resolve))
    stop()
    await ended
    sweep(path.join(ask.folder, ask.model))
  }
}
