import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshHome } from '@/lib/testing'
import type { BatchAnswer } from './batch-answer'
import type { BatchContext } from './batch'
import type { BatchRequest } from './batch-file'
import type { EndpointServer } from './endpoint-server'

let home: Awaited<ReturnType<typeof freshHome>>
let batch: typeof import('./batch')
let server: EndpointServer
let requests: (count: number, prefix?: string) => BatchRequest[]
const outcomes = new Map<string, 'answer' | 'error' | 'expired'>()
const context = (runId: number, signal = new AbortController().signal): BatchContext => ({ runId, captioner: 'openai', endpoint: { baseURL: server.baseURL, key: 'k', timeoutMs: 5000 }, signal })

beforeAll(async () => {
  home = await freshHome()
  batch = await import('./batch')
  const { requestFor } = await import('./contract')
  const one = await requestFor({ model: 'test-model' })
  requests = (count, prefix = 'item') => Array.from({ length: count }, (_, i) => ({ customId: `${prefix}:${i}`, request: { ...one, prompt: { system: 's', user: `${prefix} ${i}` } } }))
  server = await (await import('./endpoint-server')).startEndpoint({ batch: { polls: 2, outcome: (id) => outcomes.get(id) ?? 'answer' } })
})
afterAll(async () => {
  await server.close()
  await home.remove()
})

async function collectAll(given: BatchContext): Promise<{ answers: Map<string, BatchAnswer>; rounds: number }> {
  const answers = new Map<string, BatchAnswer>()
  for (let rounds = 1; rounds < 10; rounds++) {
    const { open } = await batch.collectBatches(given, (answer) => void answers.set(answer.customId, answer))
    if (open === 0) return { answers, rounds }
  }
  throw new Error('the batches never ended')
}

describe('a run by batches', () => {
  it('is cut into files within the limits, and every answer finds its request', async () => {
    const progress = await batch.submitBatches(requests(7), context(1), { requests: 3, bytes: 1e6 })
    expect(progress).toEqual({ batches: 3, open: 3, requests: 7, collected: 0 })
    const open: string[] = []
    for await (const id of batch.openIds(1)) open.push(id)
    expect(open).toEqual(requests(7).map((one) => one.customId))
    const { answers, rounds } = await collectAll(context(1))
    expect(rounds).toBe(2)
    expect([...answers.keys()].sort()).toEqual(requests(7).map((one) => one.customId))
    expect(new Set([...answers.values()].map((one) => ('draft' in one ? one.draft.text : ''))).size).toBe(7)
    expect([...answers.values()][0]).toMatchObject({ draft: { finish: 'stop', usage: { inputTokens: 400 } } })
    expect(readdirSync(path.join(home.home, 'batches'))).toEqual([])
  })
  it('is cut by bytes too, and a request that fits nowhere is refused', async () => {
    const { packRequests } = await import('./batch-file')
    const packed = []
    for await (const one of packRequests(requests(4), { folder: path.join(home.home, 'pack'), baseURL: server.baseURL, limits: { requests: 100, bytes: 1500 } })) packed.push(one)
    expect(packed.length).toBeGreaterThan(1)
    for (const one of packed) expect(readFileSync(one.file).byteLength).toBe(one.bytes)
    expect(Math.max(...packed.map((one) => one.bytes))).toBeLessThanOrEqual(1500)
    await expect(batch.submitBatches(requests(1), context(9), { requests: 1, bytes: 10 })).rejects.toMatchObject({ code: 'refused' })
  })
  it('keeps partial results: what failed and what expired says so', async () => {
    outcomes.set('part:1', 'error').set('part:2', 'expired')
    await batch.submitBatches(requests(4, 'part'), context(2))
    const { answers } = await collectAll(context(2))
    expect(answers.get('part:0')).toHaveProperty('draft')
    expect(answers.get('part:1')).toMatchObject({ error: { code: 'refused' } })
    expect(answers.get('part:2')).toMatchObject({ error: { code: 'unavailable', detail: { cause: 'batch_expired' } } })
    expect(answers.size).toBe(4)
  })
  it('goes on after a kill between asking and noting, and pays once', async () => {
    await batch.submitBatches(requests(2, 'kill'), context(3))
    const { batchesOf } = await import('./batch-store')
    const { db } = await import('@/lib/db')
    const [row] = await batchesOf(3)
    await (await db()).remoteBatch.update({ where: { id: row.id }, data: { batch: null, status: 'uploaded' } })
    await batch.submitBatches([], context(3))
    expect((await batchesOf(3))[0].batch).toBe(row.batch)
    expect((await collectAll(context(3))).answers.size).toBe(2)
  })
  it('gives the answers again when the last collection was killed half way', async () => {
    await batch.submitBatches(requests(2, 'half'), context(4))
    let seen = 0
    for (let round = 0; round < 3 && seen < 1; round++)
      await batch.collectBatches(context(4), () => {
        seen++
        throw new Error('killed')
      }).catch((error: Error) => expect(error.message).toBe('killed'))
    expect((await collectAll(context(4))).answers.size).toBe(2)
  })
  it('can be cancelled', async () => {
    await batch.submitBatches(requests(2, 'stop'), context(5))
    await batch.cancelBatches(context(5))
    const { answers } = await collectAll(context(5))
    expect([...answers.values()].every((one) => 'error' in one && one.error.code === 'unavailable')).toBe(true)
  })
  it('that is cancelled before it was made is dropped', async () => {
    const { packRequests } = await import('./batch-file')
    const { addBatch } = await import('./batch-store')
    for await (const packed of packRequests(requests(2, 'drop'), { folder: path.join(home.home, 'batches'), baseURL: server.baseURL })) await addBatch(6, 'openai', packed)
    await batch.cancelBatches(context(6))
    expect(await batch.progressOf(6)).toEqual({ batches: 1, open: 0, requests: 2, collected: 2 })
    expect(readdirSync(path.join(home.home, 'batches')).filter((name) => name.endsWith('.ids'))).toEqual([])
  })
})

it.each([
  [[], Infinity],
  [['completed:100'], Infinity],
  [['token_limit_exceeded:9'], 4],
  [['token_limit_exceeded:1'], 1],
  [['completed:100', 'token_limit_exceeded:100', 'completed:50', 'token_limit_exceeded:80', 'completed:30'], 60],
  [['token_limit_exceeded:100', 'expired:50'], 50],
])('after %j there is room for %d requests', (rows, room) => {
  expect(batch.roomAfter(rows.map((row) => ({ status: row.split(':')[0], requests: Number(row.split(':')[1]) })))).toBe(room)
})
