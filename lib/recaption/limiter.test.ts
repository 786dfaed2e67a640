import { describe, expect, it } from 'vitest'
import { Breaker, Limiter, Stopped } from './limiter'

const never = new AbortController().signal
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('the limiter', () => {
  it('leaves an absent endpoint alone for longer each time, once for calls under way together, until one goes well', () => {
    const limiter = new Limiter(4)
    const pauses = Array.from({ length: 8 }, (_, i) => limiter.away(i * 10, i * 10 + 5))
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000])
    expect(limiter.away(74, 80)).toBe(60_000) // it began before the last failure
    expect([limiter.long, limiter.limit]).toEqual([true, 4])
    limiter.well(100)
    expect([limiter.long, limiter.wellSince(100), limiter.wellSince(101), limiter.away(110, 111)]).toEqual([false, true, false, 1000])
  })

  it('admits so many and the next when one leaves', async () => {
    const limiter = new Limiter(2)
    const [first] = [await limiter.place(never), await limiter.place(never)]
    let third = false
    const waiting = limiter.place(never).then((leave) => ((third = true), leave))
    await settle()
    expect(third).toBe(false)
    first()
    first()
    await waiting
    expect(limiter.active).toBe(2)
  })

  it('halves once for the calls of one moment, down to one, and grows back by rounds that went well', () => {
    const limiter = new Limiter(8)
    limiter.tooMany(100, 200)
    for (let call = 0; call < 7; call++) limiter.tooMany(100, 201)
    expect(limiter.limit).toBe(4)
    for (const at of [300, 400, 500, 600]) limiter.tooMany(at, at + 1)
    expect(limiter.limit).toBe(1)
    for (let call = 0; call < 1 + 2 + 3; call++) limiter.well()
    expect(limiter.limit).toBe(4)
    for (let call = 0; call < 1000; call++) limiter.well()
    expect(limiter.limit).toBe(8)
  })

  it('lets go of those who wait when they are stopped, and of nobody else', async () => {
    const limiter = new Limiter(1)
    const leave = await limiter.place(never)
    const stop = new AbortController()
    const stopped = limiter.place(stop.signal)
    const patient = limiter.place(never)
    stop.abort()
    await expect(stopped).rejects.toBeInstanceOf(Stopped)
    leave()
    await patient
    expect(limiter.active).toBe(1)
  })
})

describe('the breaker', () => {
  const fail = (breaker: Breaker, item: number, code = 'server', startedAt = item * 10) => breaker.failed({ code, item, startedAt, now: startedAt + 5 })

  it('opens after so many alike in a row, and names the items', () => {
    const breaker = new Breaker(3)
    expect(fail(breaker, 1)).toBeNull()
    expect(fail(breaker, 2)).toBeNull()
    expect(fail(breaker, 3)).toEqual([1, 2, 3])
  })

  it('begins anew after a success or another cause', () => {
    const breaker = new Breaker(3)
    fail(breaker, 1)
    fail(breaker, 2)
    breaker.well()
    expect(fail(breaker, 3)).toBeNull()
    expect(fail(breaker, 4)).toBeNull()
    expect(fail(breaker, 5, 'timeout')).toBeNull()
    expect(fail(breaker, 6, 'server')).toBeNull()
  })

  it('takes calls that were under way at the first failure for one event', () => {
    const breaker = new Breaker(3)
    for (let item = 1; item <= 32; item++) expect(fail(breaker, item, 'server', 0)).toBeNull()
    expect(fail(breaker, 40)).toBeNull()
    expect(fail(breaker, 41)?.length).toBe(34)
  })
})
