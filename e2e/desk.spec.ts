import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { allSent, deskDataset, focused, keyInSight, openDesk, rowsOf, standings } from './desk-data'

const KEYS = 'desk-keys'
const UNDO = 'desk-undo'
test.beforeAll(() => {
  deskDataset(KEYS, Array.from({ length: 8 }, (_, i) => ({ a: `a picture, number ${i + 1}` })))
  deskDataset(UNDO, Array.from({ length: 56 }, (_, i) => ({ a: `a picture, number ${i + 1}` })))
})

test('approve, reject with reasons, edit, flag, drop and keep by keys alone; axe finds nothing', async ({ page, request }) => {
  await openDesk(page, KEYS)
  expect((await new AxeBuilder({ page }).analyze()).violations.map((one) => one.id)).toEqual([])
  const at = async (key: string | null) => (await rowsOf(request, KEYS)).find((row) => row.key === key)
  const model = async (key: string | null) => (await at(key))?.captions.find((caption) => caption.origin === 'model')?.standing

  const approved = await keyInSight(page)
  await page.keyboard.press('a')
  await expect.poll(() => model(approved)).toBe('approved')

  const rejected = await keyInSight(page)
  expect(rejected).not.toBe(approved)
  for (const key of ['x', '3', '8', 'Enter']) await page.keyboard.press(key)
  await expect.poll(() => model(rejected)).toBe('rejected')
  const { timeline } = (await (await request.get(`/api/v1/datasets/${KEYS}/samples/${rejected}`)).json()) as { timeline: { decision?: string; reasons?: string[] }[] }
  expect(JSON.stringify(timeline)).toContain('wrong-count')
  expect(JSON.stringify(timeline)).toContain('invented')

  // A rejected caption that is not in focus can be told from the others, and can be read, in both schemes.
  await page.goto(`/datasets/${KEYS}/review?all=true&sample=${rejected}`)
  await page.getByRole('article', { name: 'alt, pending' }).click()
  await expect(focused(page)).toHaveAttribute('aria-label', 'alt, pending')
  await expect(page.getByRole('article', { name: 'short, rejected' })).toBeVisible()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect((await new AxeBuilder({ page }).analyze()).violations.map((one) => one.id)).toEqual([])
  }
  await openDesk(page, KEYS)

  const edited = await keyInSight(page)
  await page.keyboard.press('e')
  await expect(page.getByLabel('Edit caption')).toBeFocused()
  expect((await new AxeBuilder({ page }).analyze()).violations.map((one) => one.id)).toEqual([])
  // In a text box the keys of the desk are letters.
  await page.keyboard.press('Control+A')
  await page.keyboard.type('axe and fxdz by hand')
  await page.keyboard.press('Control+Enter')
  await expect.poll(async () => (await at(edited))?.captions.filter((caption) => caption.origin === 'human').map((caption) => [caption.text, caption.standing])).toEqual([['axe and fxdz by hand', 'approved']])

  const flagged = await keyInSight(page)
  await page.keyboard.press('f')
  await expect.poll(async () => (await at(flagged))?.flags.map((flag) => flag.rule)).toContain('flagged')

  for (const key of ['d', '2', 'Enter']) await page.keyboard.press(key)
  await expect.poll(async () => (await at(flagged))?.dropped).toBe(true)
  await page.keyboard.press('k')
  expect(await keyInSight(page)).toBe(flagged)
  await page.keyboard.press('d')
  await expect.poll(async () => (await at(flagged))?.dropped).toBe(false)

  const before = await keyInSight(page)
  await page.keyboard.press('Space')
  await expect.poll(() => keyInSight(page)).not.toBe(before)
  await allSent(page)
})

test('another caption with a wish: R, and it is there', async ({ page, request }) => {
  await openDesk(page, KEYS, '?all=true&sample=008.png')
  await page.keyboard.press('r')
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused()
  await page.keyboard.type('name the colours')
  // Held, and pressed again while the server is slow: one run all the same.
  let asked = 0
  await page.route(/\/runs$/, async (route) => {
    if (route.request().method() === 'POST') asked++
    await new Promise((wake) => setTimeout(wake, 500))
    await route.continue()
  })
  await page.keyboard.down('Control')
  for (let i = 0; i < 3; i++) await page.keyboard.down('Enter')
  await page.keyboard.up('Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.up('Control')
  await expect(page.getByRole('dialog')).toBeHidden()
  expect(asked).toBe(1)
  await expect.poll(async () => (await rowsOf(request, KEYS)).find((row) => row.key === '008.png')?.captions.some((caption) => caption.recipe?.startsWith('short@')), { timeout: 60_000 }).toBe(true)
  await expect(page.getByLabel('Captions', { exact: true }).locator('article')).toHaveCount(3)
})

test('the dialog says when the captioners cannot be read', async ({ page }) => {
  await page.route('**/api/v1/captioners', (route) => route.fulfill({ status: 403, json: { error: { code: 'refused', message: 'Not from here.' } } }))
  await openDesk(page, KEYS, '?all=true&sample=008.png')
  await page.keyboard.press('r')
  await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible()
})

test('fifty decisions undone, redone after a reload, and undone again', async ({ page, request }) => {
  await openDesk(page, UNDO)
  for (let i = 0; i < 50; i++) await page.keyboard.press(i % 3 === 2 ? 'x' : 'a')
  await page.keyboard.press('Enter')
  const third = Math.floor(50 / 3)
  await expect.poll(() => standings(request, UNDO)).toEqual({ approved: 50 - third, rejected: third, pending: 6 })
  for (let i = 0; i < 50; i++) await page.keyboard.press(i % 2 ? 'z' : 'Control+z')
  await expect.poll(() => standings(request, UNDO)).toEqual({ pending: 56 })
  await page.reload()
  await expect(focused(page)).toBeVisible()
  for (let i = 0; i < 50; i++) await page.keyboard.press('Control+Shift+Z')
  await expect.poll(() => standings(request, UNDO)).toEqual({ approved: 50 - third, rejected: third, pending: 6 })
  for (let i = 0; i < 50; i++) await page.keyboard.press('z')
  await expect.poll(() => standings(request, UNDO)).toEqual({ pending: 56 })
  await allSent(page)
})

test('a preset of keys stays with the person', async ({ page }) => {
  await openDesk(page, UNDO)
  await page.getByRole('button', { name: 'Keys and name' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Label Studio' }).press('Enter')
  await dialog.getByRole('button', { name: 'Use these keys' }).press('Enter')
  await expect(dialog).toBeHidden()
  await page.reload()
  await expect(focused(page)).toBeVisible()
  const before = await keyInSight(page)
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => keyInSight(page)).not.toBe(before)
  await page.keyboard.press('Control+z')
  await expect.poll(() => keyInSight(page)).toBe(before)
  await allSent(page)
})
