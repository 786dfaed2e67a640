import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'

const TEXT = 'A gray bus on a street. A dog beside it.'
let home: Awaited<ReturnType<typeof freshHome>>
let asked = 0
let ids: { bus: number; gray: number; dog: number }

beforeAll(async () => {
  home = await freshHome()
  const { seedDataset } = await import('./testing')
  const { insertCaptions } = await import('@/lib/caption/store')
  const { splitClaims } = await import('@/lib/claim/split')
  const { claimsOf, keepChecked } = await import('@/lib/claim/store')
  const { id: datasetId, samples } = await seedDataset('shop', 1)
  const [captionId] = insertCaptions([{ datasetId, sampleId: samples[0], text: TEXT, kind: 'detailed', origin: 'model' }])
  keepChecked([{ captionId, claims: splitClaims(TEXT).map((claim) => ({ ...claim, verdict: 'unknown', ground: { says: '', boxes: [], score: null } })), splitBy: 'rules@1', score: null, verdict: 'not enough evidence', terms: [] }], 1)
  const at = (sort: string, word: string) => claimsOf([captionId]).find((claim) => claim.sort === sort && claim.text.endsWith(word))?.id ?? 0
  ids = { bus: at('object', 'bus'), gray: at('attribute', 'bus'), dog: at('object', 'dog') }
})
afterAll(() => home.remove())

async function rewritten(answer: string, claims: readonly number[]) {
  const { scripted } = await import('./testing')
  const { rewriteWithout } = await import('./rewrite')
  const captioner = scripted(() => ({ text: answer, finish: 'stop', usage: { inputTokens: 1, outputTokens: 1 } }), `scripted-${++asked}`)
  return { captioner, asked: () => rewriteWithout(claims, { captioner: captioner.id, reviewer: 'ada' }, AbortSignal.timeout(5000), { captioner }) }
}

describe('a struck claim, rewritten by a model', () => {
  test('goes to the recipe with the caption and the claim, and its sentence comes back', async () => {
    const { captioner, asked } = await rewritten('A gray bus on a street. A cat beside it.', [ids.dog])
    expect(await asked()).toMatchObject({ text: 'A gray bus on a street. A cat beside it.', model: 'script-1', cached: false })
    expect(captioner.calls[0].recipe).toBe('correct')
    expect(captioner.calls[0].prompt.user).toContain(TEXT)
    expect(captioner.calls[0].prompt.user).toContain('“dog”')
    expect(await asked()).toMatchObject({ cached: true })
    expect(captioner.calls).toHaveLength(1)
  })

  test('takes what depends on it along', async () => {
    const { captioner, asked } = await rewritten('A truck on a street. A dog beside it.', [ids.bus])
    expect(await asked()).toMatchObject({ text: 'A truck on a street. A dog beside it.' })
    expect(captioner.calls[0].prompt.user).toContain('“gray bus”')
  })

  test.each([
    ['it touched another sentence', 'A red bus on a street. A cat beside it.', /more than what was struck/],
    ['it changed nothing', TEXT, /left the caption as it was/],
    ['it refused', 'I’m sorry, but I cannot help with that request.', /refus|accept|guard/i],
  ])('is refused when %s', async (_, answer, why) => {
    const { asked: rewrite } = await rewritten(answer, [ids.dog])
    await expect(rewrite()).rejects.toThrow(why)
  })

  test('a claim that is gone is said so', async () => {
    const { asked } = await rewritten('anything', [999_999])
    await expect(asked()).rejects.toMatchObject({ code: 'not_found' })
  })
})
