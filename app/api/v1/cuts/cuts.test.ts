import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { limits } from '@/lib/caption/limits'
import type { RunPlan } from '@/lib/recaption/schema'
import { freshHome } from '@/lib/testing'

/** A hundred words of one token each: CLIP's 77 places hold 75 of them. */
const LONG = Array.from({ length: 100 }, () => 'cat').join(' ')
const CUT = { 'clip-77': 'cat '.repeat(75).length - 1 }

let home: Awaited<ReturnType<typeof freshHome>>
let data: ReturnType<typeof import('@/lib/review/testing').seed>
const request = (body?: unknown) => new Request('http://127.0.0.1/', body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
const context = (params: Record<string, string> = {}) => ({ params: Promise.resolve(params) })
type Route = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>
async function answer(route: Route, params: Record<string, string>, body?: unknown): Promise<unknown> {
  const given = await route(request(body), context(params))
  if (!given.ok) throw new Error(await given.text())
  return given.json()
}

beforeAll(async () => {
  home = await freshHome()
  const { seed } = await import('@/lib/review/testing')
  data = seed({ samples: 30, name: 'long', alt: (i) => `a dog ${i}`, short: (i) => `${LONG}, picture ${i}` })
})
afterAll(() => home.remove())

test('the positions at which encoders stop are told of any text', async () => {
  const { POST } = await import('./route')
  expect(await answer(POST, {}, { texts: [LONG, 'a dog', ''] })).toEqual({ cuts: [CUT, {}, {}] })
  expect((await POST(request({ texts: Array.from({ length: 101 }, () => 'a') }), context())).status).toBe(400)
  expect(Object.keys(CUT).every((id) => limits.some((limit) => limit.id === id))).toBe(true)
})

test('a blind look says where the caption is cut, and nothing of who wrote it', async () => {
  const { PlanInput, openPlan } = await import('@/lib/review/certify-store')
  const plan = await openPlan({ reviewer: 'ana' }, data.datasetId, PlanInput.parse({ kind: 'short', limit: 0.2 }))
  const { GET } = await import('../certifications/[id]/next/route')
  const { next } = (await answer(GET, { id: String(plan.id) })) as { next: { caption: object; altCuts: object } }
  expect(next.caption).toEqual({ id: expect.any(Number) as number, kind: 'short', text: expect.stringContaining(LONG) as string, cuts: CUT })
  expect(next.altCuts).toEqual({})
})

test('find and replace says it of both texts', async () => {
  const { POST } = await import('../datasets/[dataset]/replace/preview/route')
  const { examples } = (await answer(POST, { dataset: 'long' }, { find: 'cat', replace: 'a' })) as { examples: { cuts: object }[] }
  expect(examples[0].cuts).toEqual({ before: CUT, after: { 'clip-77': 'a '.repeat(75).length - 1 } })
})

test('a blind pair says it of both sides', async () => {
  const { ComparisonInput, openComparison } = await import('@/lib/review/compare-store')
  const { insertCaptions } = await import('@/lib/caption/store')
  insertCaptions(data.samples.map((sampleId, i) => ({ datasetId: data.datasetId, sampleId, text: `Better ${i}.`, kind: 'short', origin: 'model', model: 'm2' })))
  const { id } = await openComparison({ reviewer: 'ana' }, data.datasetId, ComparisonInput.parse({ kind: 'short', a: { model: 'm1' }, b: { model: 'm2' }, pairs: 12, seed: 4 }))
  const { GET } = await import('../comparisons/[id]/next/route')
  const { next } = (await answer(GET, { id: String(id) })) as { next: { left: string; cuts: { left: object; right: object } } }
  expect(Object.keys(next).sort()).toEqual(['cuts', 'left', 'position', 'right', 'sample', 'sampleId'])
  expect(next.left.startsWith('cat') ? next.cuts : { left: next.cuts.right, right: next.cuts.left }).toEqual({ left: CUT, right: {} })
})

test('a plan and a run say it of what they wrote', async () => {
  const { bulk, now, DB_CLOCK } = await import('@/lib/db')
  const { planById, keepPlan } = await import('@/lib/recaption/plan-store')
  const plan = { tried: [{ key: 'a', sampleId: 1, mediaId: null, text: LONG, alt: 'a dog', flags: [], ms: 0, cost: 0, cached: false }] }
  const id = Number(bulk().prepare(`INSERT INTO RunPlan (datasetId, request, createdAt) VALUES (?, ?, ?)`).run(data.datasetId, JSON.stringify({ dataset: 'long', recipe: 'short', captioner: 'builtin' }), now()).lastInsertRowid)
  keepPlan(id, 'done', { plan: plan as unknown as RunPlan })
  expect(planById(id).plan?.tried[0]).toMatchObject({ cuts: CUT, altCuts: {} })
  const run = Number(bulk().prepare(`INSERT INTO Run (datasetId, captioner, model, recipe, recipeVersion, kind, fingerprint, spent, request, createdAt) VALUES (?, 'builtin', 'v', 'short', 1, 'short', 'f', 0, '{"concurrency":1}', ?)`).run(data.datasetId, now()).lastInsertRowid)
  bulk().prepare(`INSERT INTO RunItem (runId, sampleId, status, captionId, finishedAt) VALUES (?, ?, 'done', ?, ${DB_CLOCK})`).run(run, data.samples[0], data.short[0])
  const { runProgress } = await import('@/lib/recaption/progress-store')
  expect(runProgress(run).latest[0].cuts).toEqual(CUT)
})

test('the rows of an import are told with it before there are captions', async () => {
  const folder = path.join(home.home, 'table')
  mkdirSync(folder)
  writeFileSync(path.join(folder, 'data.jsonl'), `${JSON.stringify({ key: 'a', text: LONG })}\n`)
  const { previewImport } = await import('@/lib/import/preview')
  const { PreviewRequest } = await import('@/lib/import/schema')
  const { samples } = await previewImport(PreviewRequest.parse({ source: path.join(folder, 'data.jsonl') }), { trusted: true })
  expect(samples[0].captions).toEqual([expect.objectContaining({ text: LONG, cuts: CUT })])
})
