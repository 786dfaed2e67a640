import { setTimeout as wait } from 'node:timers/promises'
import { isAppError } from '@/lib/errors'

export type Politeness = {
  /** requests to one host at a time */
  perHost?: number
  tries?: number
  /** ms before the second try; doubled for each further one */
  firstWaitMs?: number
}

/**
 * Runs fetches so that no host is asked too much at once, and tries again, later and later, what failed with "later"
 * (AppError 'unavailable'); what failed for good fails at once.
 */
export function politely({ perHost = 4, tries = 3, firstWaitMs = 500 }: Politeness = {}) {
  const waiting = new Map<string, (() => void)[]>()
  const running = new Map<string, number>()

  async function enter(host: string) {
    const now = running.get(host) ?? 0
    if (now < perHost) return void running.set(host, now + 1)
    await new Promise<void>((go) => waiting.set(host, [...(waiting.get(host) ?? []), go]))
  }
  function leave(host: string) {
    const [next, ...others] = waiting.get(host) ?? []
    if (next) {
      waiting.set(host, others)
      next()
    } else running.set(host, (running.get(host) ?? 1) - 1)
  }

  return async function run<T>(url: string, fetch: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const host = URL.parse(url)?.host ?? url
    for (let tried = 1; ; tried++) {
      await enter(host)
      try {
        return await fetch()
      } catch (error) {
        if (tried >= tries || !isAppError(error) || error.code !== 'unavailable') throw error
      } finally {
        leave(host)
      }
      await wait(firstWaitMs * 2 ** (tried - 1), undefined, { signal })
    }
  }
}
