import { expect, test, type APIRequestContext, type Page } from '@playwright/test'
import { allSent, deskDataset, focused, rowsOf, standings } from './desk-data'

const [DESK, SHARED, PLAN, PAIRS] = ['name-desk', 'name-shared', 'name-plan', 'name-pairs']
const plain = (count: number) => Array.from({ length: count }, (_, i) => ({ a: `a picture, number ${i + 1}` }))
const made = async (request: APIRequestContext, path: string, data: unknown) => {
  const answer = await request.post(`/api/v1/datasets/${path}`, { data })
  expect(answer.status()).toBe(201)
  return ((await answer.json()) as { id: number }).id
}
async function giveName(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Who decides?' })
  await expect(dialog.getByRole('textbox')).toBeFocused()
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
}

/** A caption waits to be judged. */
const asks = (page: Page) => expect(page.getByRole('button', { name: /^Approve/ })).toHaveAttribute('aria-disabled', 'false')

test('the first decision at the desk asks for the name, and is then taken', async ({ page, request }) => {
  deskDataset(DESK, plain(2))
  await page.goto(`/datasets/${DESK}/review`)
  await expect(focused(page)).toBeVisible()
  await page.keyboard.press('a')
  await giveName(page, 'cleo')
  await expect.poll(() => standings(request, DESK)).toEqual({ approved: 1, pending: 1 })
  await allSent(page)
})

test('a shared review knows who judges: two people without a name are not one', async ({ page, browser, request, baseURL }) => {
  deskDataset(SHARED, plain(1))
  const id = await made(request, `${SHARED}/overlaps`, { filter: '', kind: 'short', people: 2, size: 1, seed: 1, reviewer: 'ada' })
  await page.goto(`/datasets/${SHARED}/people/${id}`)
  await expect(page.getByText('Who judges here?')).toBeVisible()
  await page.getByRole('button', { name: 'Give your name' }).click()
  await giveName(page, 'bo')
  await asks(page)
  await page.keyboard.press('a')
  await expect(page.getByText('Nothing is left here for bo')).toBeVisible()
  const other = await browser.newContext({ baseURL })
  const second = await other.newPage()
  await second.goto(`/datasets/${SHARED}/people/${id}`)
  await second.getByRole('button', { name: 'Give your name' }).click()
  await giveName(second, 'cleo')
  await asks(second)
  await second.keyboard.press('a')
  await expect.poll(() => standings(request, SHARED)).toEqual({ approved: 1 })
  await other.close()
})

test('a batch and a comparison ask for the name with the first look, and leave Enter and Space to buttons', async ({ page, request }) => {
  deskDataset(PLAN, plain(6))
  const plan = await made(request, `${PLAN}/certifications`, { kind: 'short', limit: 0.9, risk: 0.3, seed: 1, reviewer: 'ada' })
  await page.goto(`/datasets/${PLAN}/certify/${plan}`)
  await asks(page)
  for (let i = 0; i < 3; i++) await page.keyboard.down('x') // held: it opens the reasons, and rejects nothing
  await page.keyboard.up('x')
  await page.getByRole('button', { name: /Wrong count/ }).press('Enter')
  await expect(page.getByRole('button', { name: /Wrong count/ })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.keyboard.press('Escape')
  await page.keyboard.press('a')
  await giveName(page, 'bo')
  await expect(page.getByText('The sample has given its answer')).toBeVisible()
  await page.getByRole('button', { name: 'Give up' }).press('Enter')
  await expect(page.getByRole('dialog', { name: 'Give this plan up?' })).toBeVisible()
  expect((await rowsOf(request, PLAN)).flatMap((row) => row.captions).filter((caption) => caption.standing === 'approved')).toHaveLength(1)

  await page.evaluate(() => localStorage.removeItem('recaption.reviewer'))
  deskDataset(PAIRS, Array.from({ length: 2 }, (_, i) => ({ a: `good text ${i + 1}`, b: `poor text ${i + 1}` })))
  const pairs = await made(request, `${PAIRS}/comparisons`, { kind: 'short', a: { model: 'm-a' }, b: { model: 'm-b' }, pairs: 2, seed: 1, reviewer: 'ada' })
  await page.goto(`/datasets/${PAIRS}/compare/${pairs}`)
  const judged = page.waitForRequest(/judgements/)
  await page.getByRole('button', { name: 'Right is better' }).press('Space')
  await giveName(page, 'bo')
  expect((await judged).postDataJSON()).toMatchObject({ choice: 'right', reviewer: 'bo' })
})
