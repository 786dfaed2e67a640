import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { AppError } from '@/lib/errors'
import { politely } from './polite'

it('asks one host at most so often at a time, and others meanwhile', async () => {
  const run = politely({ perHost: 2 })
  const now = new Map<string, number>()
  const most = new Map<string, number>()
  const ask = (host: string) => run(`http://${host}/x.jpg`, async () => {
    now.set(host, (now.get(host) ?? 0) + 1)
    most.set(host, Math.max(most.get(host) ?? 0, now.get(host)!))
    await wait(5)
    now.set(host, now.get(host)! - 1)
  })
  await Promise.all(Array.from({ length: 12 }, (_, i) => ask(i % 3 ? 'a.example' : 'b.example')))
  expect(Object.fromEntries(most)).toEqual({ 'a.example': 2, 'b.example': 2 })
})

it('tries again what may come later, never what will not', async () => {
  const run = politely({ tries: 3, firstWaitMs: 1 })
  let tried = 0
  const failing = (code: AppError['code'], times: number) => async () => {
    if (++tried <= times) throw new AppError(code, 'no')
    return 'picture'
  }
  expect(await run('http://a.example/', failing('unavailable', 2))).toBe('picture')
  tried = 0
  await expect(run('http://a.example/', failing('unavailable', 9))).rejects.toThrow('no')
  expect(tried).toBe(3)
  tried = 0
  await expect(run('http://a.example/', failing('refused', 9))).rejects.toThrow('no')
  expect(tried).toBe(1)
})
