import type { ChildProcess } from 'node:child_process'
import { startChild } from '@/lib/child'
import { AppError } from '@/lib/errors'
import { florenceLayout, florenceModels } from './florence-files'
import type { FlorenceAnswer, FlorenceAsk } from './florence-protocol'
import type { Captioner } from './types'

const CHILD = 'lib/captioner/florence-child.ts'
const TASKS: Readonly<Record<string, string>> = { short: '<CAPTION>', detailed: '<MORE_DETAILED_CAPTION>' }
const MOST_TOKENS = 256
/** Several seconds a picture on two cores; loading a gigabyte comes before the first. */
const HANGS_MS = 10 * 60_000
const IDLE_MS = 120_000

/**
 * Florence-2 through transformers.js, from `<folder>/<owner>/<name>` in the layout of its ONNX exports. One picture at a
 * time in a process of its own, which is ended when a call is stopped, when it hangs, and when it idles.
 */
export function florenceCaptioner(folder: string): Captioner {
  let child: ChildProcess | undefined
  let queue: Promise<unknown> = Promise.resolve()
  let idle: NodeJS.Timeout | undefined
  let lastId = 0

  const end = () => {
    const running = child
    child = undefined
    if (!running || running.exitCode !== null || running.signalCode !== null) return Promise.resolve()
    const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()))
    running.kill('SIGKILL') // it holds nothing that needs saving
    return ended
  }

  async function ask(message: Omit<FlorenceAsk, 'id'>, signal: AbortSignal): Promise<Extract<FlorenceAnswer, { text: string }>> {
    signal.throwIfAborted()
    clearTimeout(idle)
    const running = (child ??= startChild(CHILD))
    running.ref()
    running.channel?.ref()
    const id = ++lastId
    const either = AbortSignal.any([signal, AbortSignal.timeout(HANGS_MS)])
    try {
      return await new Promise((resolve, reject) => {
        const stop = () => {
          void end()
          reject(signal.aborted ? (signal.reason as Error) : new AppError('unavailable', `The local model gave no answer within ${HANGS_MS / 60_000} minutes and was ended. Try again.`))
        }
        const settle = (act: () => void) => {
          either.removeEventListener('abort', stop)
          running.off('message', hear).off('exit', lost).off('error', lost)
          act()
        }
        const hear = (answer: FlorenceAnswer) => {
          if (answer.id !== id) return
          settle(() => ('error' in answer ? reject(new AppError(answer.error.code, answer.error.message)) : resolve(answer)))
        }
        const lost = () =>
          settle(() => {
            if (child === running) child = undefined
            reject(either.aborted ? (signal.reason as Error) : new AppError('unavailable', 'The local model’s process ended while it looked at a picture; it may have run out of memory. Try again, or choose a smaller precision.'))
          })
        either.addEventListener('abort', stop, { once: true })
        running.on('message', hear).once('exit', lost).once('error', lost)
        running.send({ id, ...message }, () => undefined)
      })
    } finally {
      running.unref()
      running.channel?.unref()
      idle = setTimeout(() => void end(), IDLE_MS)
      idle.unref()
    }
  }

  return {
    id: 'florence',
    label: 'Local model (Florence-2 through transformers.js)',
    recipes: Object.keys(TASKS),
    models: () => Promise.resolve(florenceModels(folder)),
    async write({ media, recipe, model, params }, signal) {
      const task = TASKS[recipe]
      if (!task) throw new AppError('refused', `Florence-2 follows no free instructions: it writes ${Object.keys(TASKS).join(' and ')} captions, not “${recipe}”.`)
      const layout = florenceLayout(folder, model)
      const turn = queue.then(() => ask({ folder, model, layout, task, maxTokens: params.maxTokens ?? MOST_TOKENS, bytes: media }, signal))
      queue = turn.catch(() => undefined)
      const { text, tokens, cut } = await turn
      if (!text) throw new AppError('unavailable', `The local model ${model} wrote nothing about this picture.`)
      return { text, finish: cut ? 'length' : 'stop', usage: { inputTokens: 0, outputTokens: tokens } }
    },
    async close() {
      clearTimeout(idle)
      await end()
    },
  }
}
