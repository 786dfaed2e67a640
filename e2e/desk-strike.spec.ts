import { expect, test } from '@playwright/test'
import { startEndpoint } from '../lib/captioner/endpoint-server'
import { allSent, deskDataset, focused, openDesk, rowsOf } from './desk-data'

const DATASET = 'desk-strike'
const TEXT = 'A red house on a hill. A dog and a cat sit on a bench.'
test.beforeAll(() => deskDataset(DATASET, [{ a: TEXT }, { a: TEXT }, { a: TEXT }], { check: true }))

test('a struck claim is taken out by rules, the difference is shown, and undo brings the caption back', async ({ page, request }) => {
  await openDesk(page, DATASET, '?sample=001.png')
  const captions = async () => (await rowsOf(request, DATASET)).find((row) => row.key === '001.png')?.captions ?? []
  await page.keyboard.press('Tab')
  await expect(page.getByRole('toolbar', { name: 'Claim' })).toBeVisible()
  await page.keyboard.press('Backspace')
  const human = async () => (await captions()).find((caption) => caption.origin === 'human')
  await expect.poll(async () => (await human())?.standing).toBe('approved')
  const text = (await human())?.text ?? ''
  expect(text).not.toBe(TEXT)
  expect(text.endsWith('A dog and a cat sit on a bench.')).toBe(true)
  await expect(focused(page)).toContainText('human')
  await expect(page.getByLabel('About the caption in focus').locator('del').first()).toBeVisible()
  await page.keyboard.press('z')
  await expect.poll(async () => (await captions()).map((caption) => [caption.origin, caption.standing])).toEqual([['source', 'pending'], ['model', 'pending']])
  await allSent(page)
})

test('where a model is set up it rewrites the sentence; where it fails, the rules do, and the desk says so', async ({ page, request }) => {
  const server = await startEndpoint({ answer: () => 'A blue house on a hill. A dog and a cat sit on a bench.', latencyMs: 1000 })
  try {
    expect((await request.post('/api/v1/captioners', { data: { captioner: 'striker', label: 'Striker', baseUrl: server.baseURL } })).status()).toBe(201)
    const human = async (key: string) => (await rowsOf(request, DATASET)).find((row) => row.key === key)?.captions.find((caption) => caption.origin === 'human')?.text
    await openDesk(page, DATASET, '?sample=002.png')
    await page.waitForLoadState('networkidle')
    await page.keyboard.press('Tab')
    await expect(page.getByRole('toolbar', { name: 'Claim' })).toBeVisible()
    await page.keyboard.press('Backspace')
    // The desk goes on while the model writes, and nothing is saved behind the person's back.
    await expect(page.getByText('being rewritten')).toBeVisible()
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    await expect.poll(() => server.counts.answered).toBe(1)
    expect(await human('002.png')).toBeUndefined()
    await page.keyboard.press('k')
    await expect.poll(() => human('002.png')).toBe('A blue house on a hill. A dog and a cat sit on a bench.')
    await expect(page.getByLabel('About the caption in focus').locator('ins').first()).toContainText('blue')

    server.set({ schedule: () => '500', latencyMs: 0 })
    await page.goto(`/datasets/${DATASET}/review?sample=003.png`)
    await expect(focused(page)).toBeVisible()
    await page.waitForLoadState('networkidle')
    await page.keyboard.press('Tab')
    await expect(page.getByRole('toolbar', { name: 'Claim' })).toBeVisible()
    await page.keyboard.press('Backspace')
    await expect(page.getByText(/Struck by rules/)).toBeVisible()
    await expect.poll(() => human('003.png')).toMatch(/hill\. A dog and a cat sit on a bench\.$/)
    await allSent(page)
  } finally {
    await request.delete('/api/v1/captioners/striker')
    await server.close()
  }
})
