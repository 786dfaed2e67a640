import { expect, test, type Page } from '@playwright/test'
import { allSent, deskDataset, openDesk, rowsOf, standings } from './desk-data'

const [BULK, TWICE, CERTIFY, COMPARE] = ['desk-bulk', 'desk-twice', 'desk-certify', 'desk-compare']
const plain = (count: number) => Array.from({ length: count }, (_, i) => ({ a: `a picture, number ${i + 1}` }))
const asAda = (page: Page) => page.addInitScript(() => localStorage.setItem('recaption.reviewer', 'ada'))

test('one step for all that match, counted before, undone at the desk as one', async ({ page, request }) => {
  deskDataset(BULK, plain(30))
  await openDesk(page, BULK)
  await page.keyboard.press('x')
  await page.keyboard.press('Enter')
  await allSent(page)
  await page.goto(`/datasets/${BULK}/bulk`)
  await page.getByRole('button', { name: 'Approve 29 captions' }).press('Enter')
  await expect.poll(() => standings(request, BULK)).toEqual({ approved: 29, rejected: 1 })
  await expect(page.getByText(/29 captions approved/).first()).toBeVisible()
  await openDesk(page, BULK, '?all=true')
  await page.keyboard.press('j')
  await expect(page.getByLabel('short, approved')).toBeVisible()
  await page.keyboard.press('z')
  await expect.poll(() => standings(request, BULK)).toEqual({ pending: 29, rejected: 1 })
  await expect(page.getByLabel('short, pending')).toBeVisible()
  await page.keyboard.press('Control+Shift+Z')
  await expect.poll(() => standings(request, BULK)).toEqual({ approved: 29, rejected: 1 })
  for (let i = 0; i < 2; i++) await page.keyboard.press('z')
  await expect.poll(() => standings(request, BULK)).toEqual({ pending: 30 })
})

test('what was dropped among the duplicates is what undo at the desk takes back first', async ({ page, request }) => {
  deskDataset(TWICE, Array.from({ length: 3 }, () => ({ a: 'one text on three pictures' })))
  await openDesk(page, TWICE)
  await page.keyboard.press('a')
  await allSent(page)
  await page.goto(`/datasets/${TWICE}/duplicates?way=text`)
  await page.getByRole('button', { name: 'Keep the marked one, drop 2' }).first().press('Enter')
  const dropped = async () => (await rowsOf(request, TWICE)).filter((row) => row.dropped).length
  await expect.poll(dropped).toBe(2)
  await openDesk(page, TWICE, '?all=true')
  await page.keyboard.press('z')
  await expect.poll(dropped).toBe(0)
  expect(await standings(request, TWICE)).toEqual({ approved: 1, pending: 2 })
})

test('a batch is certified by a random sample, looked at by keys to its end', async ({ page, request }) => {
  deskDataset(CERTIFY, plain(24))
  await asAda(page)
  await page.goto(`/datasets/${CERTIFY}/certify`)
  await page.getByLabel('At most bad, %').fill('20')
  const fix = page.getByRole('button', { name: /Fix the plan and look at \d+ captions/ })
  await fix.press('Enter')
  await page.waitForURL(/certify\/\d+/)
  await expect(page.getByText(/1 of at most \d+/)).toBeVisible()
  const size = Number(/of at most (\d+)/.exec(await page.getByText(/of at most/).first().innerText())?.[1])
  expect(size).toBeGreaterThan(5)
  expect(size).toBeLessThan(24)
  for (let i = 1; i <= size; i++) {
    await expect(page.getByText(`${i} of at most ${size}`)).toBeVisible()
    await expect(page.getByRole('button', { name: /^Approve/ })).toHaveAttribute('aria-disabled', 'false')
    await page.keyboard.press('a')
  }
  await expect(page.getByText('The sample has given its answer')).toBeVisible()
  expect(await standings(request, CERTIFY)).toEqual({ approved: size, pending: 24 - size })
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: /: certified/ })).toBeVisible()
  await expect.poll(() => standings(request, CERTIFY)).toEqual({ approved: 24 })
})

test('two captioners are judged blind to the last pair, and the winner speaks', async ({ page, request }) => {
  deskDataset(COMPARE, Array.from({ length: 12 }, (_, i) => ({ a: `good text ${i + 1}`, b: `poor text ${i + 1}` })))
  await asAda(page)
  await page.goto(`/datasets/${COMPARE}/compare`)
  await page.getByLabel('Pairs').fill('8')
  await page.getByRole('button', { name: 'Judge 8 pairs blind' }).press('Enter')
  await page.waitForURL(/compare\/\d+/)
  for (let i = 1; i <= 8; i++) {
    await expect(page.getByText(`${i} of 8`, { exact: true })).toBeVisible()
    await expect(page.getByRole('button', { name: /^Neither/ })).toHaveAttribute('aria-disabled', 'false')
    await expect(page.getByText(/m-a|m-b/)).toHaveCount(0)
    await page.keyboard.press((await page.getByLabel('Left caption').innerText()).includes('good') ? 'ArrowLeft' : 'ArrowRight')
  }
  await expect(page.getByRole('heading', { name: /m-a.* wrote better/ })).toBeVisible()
  await page.getByRole('button', { name: 'Let the winner speak for all pending samples' }).press('Enter')
  await expect.poll(() => standings(request, COMPARE)).toEqual({ pending: 12, rejected: 12 })
})
