import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'

let home: Awaited<ReturnType<typeof freshHome>>
let seed: typeof import('@/lib/review/testing').seed
let standings: (ids: readonly number[]) => string[]

beforeAll(async () => {
  home = await freshHome()
  seed = (await import('@/lib/review/testing')).seed
  const { captionById } = await import('@/lib/caption/store')
  standings = (ids) => ids.map((id) => captionById(id).standing)
})
afterAll(() => home.remove())

type Door = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>
type Answer = { status: number; body: Record<string, never> & { id: number } }

async function knock(open: Door | undefined, params: Record<string, string>, body?: unknown, url = 'http://127.0.0.1/'): Promise<Answer> {
  if (!open) throw new Error('There is no such door.')
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await open(new Request(url, { headers: { host: '127.0.0.1' }, ...(body === undefined ? {} : { method: 'POST', body: text }) }), { params: Promise.resolve(params) })
  const read = await answer.text()
  return { status: answer.status, body: (read.startsWith('{') && !read.includes('\n') ? JSON.parse(read) : { read }) as Answer['body'] }
}
const reviewer = 'Ana'

test('a bulk step by the API: previewed, refused when the count changed, done, listed, undone and redone', async () => {
  const { short } = seed({ samples: 5, name: 'bulk', human: [0], quarantined: [1] })
  const of = { dataset: 'bulk' }
  expect((await knock((await import('./bulk/preview/route')).POST, of, { act: 'approve' })).body).toEqual({ samples: 5, count: 3, human: 1, quarantined: 1 })
  const { POST } = await import('./bulk/route')
  expect(await knock(POST, of, { act: 'approve', reviewer, expect: 4 })).toMatchObject({ status: 409, body: { error: { detail: { present: 3 } } } })
  expect(standings(short)).toEqual(Array(5).fill('pending'))
  expect((await knock(POST, of, { act: 'approve' })).status).toBe(400)
  const done = await knock(POST, of, { act: 'approve', reviewer, expect: 3 })
  expect(done).toMatchObject({ status: 201, body: { count: 3, undone: false } })
  const { GET } = await import('./batches/route')
  expect((await knock(GET, of)).body).toMatchObject({ batches: [{ id: done.body.id, act: 'approve' }], underWay: [] })
  const id = { id: String(done.body.id) }
  await knock((await import('../../batches/[id]/undo/route')).POST, id, { reviewer })
  expect(standings(short)).toEqual(Array(5).fill('pending'))
  expect((await knock((await import('../../batches/[id]/undo/route')).POST, id, { reviewer })).status).toBe(409)
  await knock((await import('../../batches/[id]/redo/route')).POST, id, { reviewer })
  expect(standings(short).filter((one) => one === 'approved')).toHaveLength(3)
})

test('find and replace by the API', async () => {
  seed({ samples: 3, name: 'replace' })
  const of = { dataset: 'replace' }
  expect((await knock((await import('./replace/preview/route')).POST, of, { find: 'brown', replace: 'tan' })).body).toMatchObject({ count: 3, examples: [{ kind: 'short' }, {}, {}] })
  expect(await knock((await import('./replace/route')).POST, of, { find: 'brown', replace: 'tan', reviewer, expect: 3 })).toMatchObject({ status: 201, body: { act: 'replace', count: 3 } })
  expect((await knock((await import('./replace/preview/route')).POST, of, { find: '(', regex: true })).status).toBe(400)
})

test('decisions leave and come in as lines', async () => {
  const from = seed({ samples: 2, name: 'from' })
  const to = seed({ samples: 2, name: 'to' })
  const { decideCaption } = await import('@/lib/review/store')
  await decideCaption({ reviewer }, from.short[0], { decision: 'approve', version: 0 })
  const { GET, POST } = await import('./decisions/route')
  const lines = (await (await GET(new Request('http://127.0.0.1/', { headers: { host: '127.0.0.1' } }), { params: Promise.resolve({ dataset: 'from' }) })).text())
  expect(lines.trim().split('\n')).toHaveLength(1)
  expect((await knock(POST, { dataset: 'to' }, lines, 'http://127.0.0.1/?reviewer=Ben')).body).toMatchObject({ added: 1, conflicts: [] })
  expect(standings(to.short)).toEqual(['approved', 'pending'])
  expect((await knock(POST, { dataset: 'to' }, lines)).status).toBe(400)
  expect((await knock(POST, { dataset: 'to' }, 'nonsense', 'http://127.0.0.1/?reviewer=Ben')).status).toBe(400)
})

test('certification by the API is blind, cannot be closed early, and certifies the batch', async () => {
  const { short } = seed({ samples: 40, name: 'certify' })
  const of = { dataset: 'certify' }
  const input = { kind: 'short', limit: 0.2 }
  const preview = await knock((await import('./certifications/preview/route')).POST, of, input)
  const fixed = await knock((await import('./certifications/route')).POST, of, { ...input, reviewer })
  expect(fixed).toMatchObject({ status: 201, body: { size: (preview.body as unknown as { size: number }).size } })
  const id = { id: String(fixed.body.id) }
  const one = await import('../../certifications/[id]/route')
  const { GET } = await import('../../certifications/[id]/next/route')
  expect((await knock((await import('../../certifications/[id]/close/route')).POST, id, { reviewer })).status).toBe(409)
  for (;;) {
    const { next } = (await knock(GET, id)).body as unknown as { next: { position: number; caption: object; sample: object; alt: string } | null }
    if (!next) break
    expect(JSON.stringify(next)).not.toMatch(/m1|pending|model/)
    expect((await knock(one.GET, id)).body).toMatchObject({ status: 'open', result: null })
    await knock((await import('../../certifications/[id]/decisions/route')).POST, id, { position: next.position, decision: 'approve', reviewer })
  }
  expect((await knock((await import('../../certifications/[id]/close/route')).POST, id, { reviewer })).body).toMatchObject({ status: 'accepted', result: { outcome: 'accepted', bad: 0 } })
  expect(new Set(standings(short))).toEqual(new Set(['approved']))
})

test('a comparison by the API: no names before the end, then a result and a winner', async () => {
  const { samples, datasetId } = seed({ samples: 12, name: 'compare' })
  const { insertCaptions } = await import('@/lib/caption/store')
  insertCaptions(samples.map((sampleId, i) => ({ datasetId, sampleId, text: `A better text ${i}.`, kind: 'short', origin: 'model' as const, model: 'm2' })))
  const opened = await knock((await import('./comparisons/route')).POST, { dataset: 'compare' }, { kind: 'short', a: { model: 'm1' }, b: { model: 'm2' }, pairs: 8, reviewer })
  expect(opened.status).toBe(201)
  const id = { id: String(opened.body.id) }
  const { GET } = await import('../../comparisons/[id]/next/route')
  for (;;) {
    const { next } = (await knock(GET, id)).body as unknown as { next: { position: number; left: string; right: string; sample: { key: string } } | null }
    if (!next) break
    expect(JSON.stringify(next)).not.toMatch(/"m[12]"/)
    expect((await knock((await import('../../comparisons/[id]/route')).GET, id)).body).toMatchObject({ result: null })
    await knock((await import('../../comparisons/[id]/judgements/route')).POST, id, { position: next.position, choice: next.left.startsWith('A better') ? 'left' : 'right', reviewer })
  }
  expect((await knock((await import('../../comparisons/[id]/route')).GET, id)).body).toMatchObject({ status: 'closed', result: { winner: 'b', a: 0, b: 8 } })
  expect((await knock((await import('../../comparisons/[id]/promote/route')).POST, id, { reviewer })).body).toMatchObject({ act: 'promote', count: 12 })
})

test('several people by the API: blind, a conflict goes to the second look, agreement is told', async () => {
  const { short } = seed({ samples: 2, name: 'people' })
  const opened = await knock((await import('./overlaps/route')).POST, { dataset: 'people' }, { kind: 'short', people: 2, size: 2, reviewer })
  const id = { id: String(opened.body.id) }
  const next = await import('../../overlaps/[id]/next/route')
  const { POST } = await import('../../overlaps/[id]/opinions/route')
  for (const person of ['Ana', 'Ben']) {
    for (;;) {
      const { next: item } = (await knock(next.GET, id, undefined, `http://127.0.0.1/?reviewer=${person}`)).body as unknown as { next: { item: number; caption: { id: number } } | null }
      if (!item) break
      expect(JSON.stringify(item)).not.toContain('Ana')
      const decision = person === 'Ben' && item.caption.id === short[1] ? 'reject' : 'approve'
      expect((await knock(POST, id, { item: item.item, decision, reviewer: person })).status).toBe(201)
    }
  }
  expect(standings(short)).toEqual(['approved', 'pending'])
  const conflicts = await import('../../overlaps/[id]/conflicts/route')
  const listed = (await knock(conflicts.GET, id)).body as unknown as { conflicts: { item: number; opinions: object[] }[] }
  expect(listed.conflicts).toMatchObject([{ opinions: [{ reviewer: 'Ana', decision: 'approve' }, { reviewer: 'Ben', decision: 'reject' }] }])
  expect((await knock(conflicts.POST, id, { item: listed.conflicts[0].item, decision: 'reject', reasons: ['invented'], reviewer: 'Carl' })).status).toBe(201)
  expect(standings(short)).toEqual(['approved', 'rejected'])
  expect((await knock((await import('./agreement/route')).GET, { dataset: 'people' })).body).toMatchObject({ kinds: [{ kind: 'short', items: 2, agreement: 0.5 }] })
})

test('a check is switched off for one dataset; other settings stay; purge wants a yes', async () => {
  seed({ samples: 1, name: 'settings' })
  const of = { dataset: 'settings' }
  const { GET, PATCH } = await import('./route')
  await knock(PATCH, of, { settings: { language: 'de' } })
  expect((await knock(PATCH, of, { settings: { rulesOff: ['caps'] } })).body).toMatchObject({ settings: { rulesOff: ['caps'], language: 'de' } })
  expect((await knock(GET, of)).body).toMatchObject({ name: 'settings' })
  expect((await knock(PATCH, of, { settings: { nonsense: 1 } })).status).toBe(400)
  expect((await knock((await import('./report/route')).GET, of)).body).toEqual({ rules: [], off: ['caps'] })
  const purge = await import('./purge/route')
  const asked = { key: '0000000.jpg', reason: 'They asked.', reviewer }
  expect((await knock(purge.POST, of, asked)).status).toBe(400)
  expect((await knock(purge.POST, of, { ...asked, confirm: true })).status).toBe(201)
  expect((await knock(purge.GET, of)).body).toMatchObject({ tombstones: [{ reason: 'They asked.', captions: 2 }] })
})
