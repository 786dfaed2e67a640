import { expect, test, type CDPSession, type Page } from '@playwright/test'
import { allSent, deskDataset, focused, keyInSight, openDesk, rowsOf, standings } from './desk-data'

const [TOUCH, DRAFT, HELD] = ['slip-touch', 'slip-draft', 'slip-held']
const plain = (count: number) => Array.from({ length: count }, (_, i) => ({ a: `a picture, number ${i + 1}` }))

type Point = { x: number; y: number }
/** Fingers drawn from some places to others. */
async function stroke(cdp: CDPSession, from: Point[], to: Point[]): Promise<void> {
  const at = (share: number) => from.map(({ x, y }, id) => ({ id, x: x + (to[id].x - x) * share, y: y + (to[id].y - y) * share }))
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) })
  for (let step = 1; step <= 8; step++) await cdp.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(step / 8) })
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
}

/** A key that is held: the second press on repeats. */
async function held(page: Page, key: string, times: number): Promise<void> {
  for (let i = 0; i < times; i++) await page.keyboard.down(key)
  await page.keyboard.up(key)
}

test('on a phone a stroke decides where nothing is zoomed and nothing begun, and only there', async ({ browser, request, baseURL }) => {
  deskDataset(TOUCH, plain(4))
  const context = await browser.newContext({ baseURL, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await openDesk(page, TOUCH)
  const seen = await keyInSight(page)
  const box = (await page.getByRole('region', { name: 'Picture' }).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const beside = (by: number) => ({ x: middle.x + by, y: middle.y })
  const width = () => page.locator('section[aria-label="Picture"] img').evaluate((image) => image.getBoundingClientRect().width)
  const whole = await width()

  await stroke(cdp, [beside(-20), beside(20)], [beside(-100), beside(100)])
  await expect.poll(width).toBeGreaterThan(whole * 1.5)
  await stroke(cdp, [beside(-70)], [beside(70)])
  await stroke(cdp, [beside(70)], [beside(-70)])
  await expect(page.getByRole('toolbar', { name: 'Decide' })).toBeVisible()
  expect(await keyInSight(page)).toBe(seen)
  await stroke(cdp, [beside(-140), beside(140)], [beside(-15), beside(15)])
  await expect.poll(width).toBeLessThan(whole * 1.05)

  await stroke(cdp, [beside(70)], [beside(-70)])
  await expect(page.getByRole('toolbar', { name: 'Why is it rejected?' })).toBeVisible()
  await stroke(cdp, [beside(-70)], [beside(70)])
  await expect(page.getByRole('toolbar', { name: 'Why is it rejected?' })).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).tap()
  await stroke(cdp, [beside(-70)], [beside(70)])
  await expect.poll(() => keyInSight(page)).not.toBe(seen)
  await allSent(page)
  expect(await standings(request, TOUCH)).toEqual({ approved: 1, pending: 3 })
  await context.close()
})

test('typed text outlives every way out of the box but saving and discarding', async ({ page, request }) => {
  deskDataset(DRAFT, plain(3))
  await openDesk(page, DRAFT)
  const [key, box, unsaved] = [await keyInSight(page), page.getByLabel('Edit caption'), page.getByText('edit not saved')]
  await page.keyboard.press('e')
  await page.keyboard.type(', by hand')
  await page.keyboard.press('Tab')
  await expect(box).not.toBeFocused()
  for (const letter of ['a', 'x', 'j', '1', 'z']) await page.keyboard.press(letter)
  await expect(box).toHaveValue(/by hand$/)
  expect(await keyInSight(page)).toBe(key)
  await page.keyboard.press('Escape')
  await expect(box).toBeHidden()
  await expect(unsaved).toBeVisible()
  await page.reload()
  await expect(unsaved).toBeVisible()

  await page.keyboard.press('e')
  await expect(box).toHaveValue(/by hand$/)
  await page.keyboard.type(' twice')
  await page.getByRole('article', { name: 'alt, pending' }).click()
  await expect(box).toBeHidden()
  await expect(unsaved).toBeVisible()
  await page.getByRole('article', { name: 'short, pending' }).click()
  await page.keyboard.press('e')
  await page.keyboard.press('Control+Enter')
  await expect.poll(async () => (await rowsOf(request, DRAFT)).find((row) => row.key === key)?.captions.find((caption) => caption.origin === 'human')?.text).toMatch(/by hand twice$/)

  await expect.poll(() => keyInSight(page)).not.toBe(key)
  await page.keyboard.press('e')
  await page.keyboard.type(' and so on')
  await page.getByRole('button', { name: 'Discard the edit' }).click()
  await expect(unsaved).toBeHidden()
  await page.keyboard.press('e')
  await expect(box).toHaveValue(/number \d$/)
  await page.keyboard.type(' again')
  await page.keyboard.press('Escape')
  // Whoever decides about the old text is done with the draft of it.
  await page.keyboard.press('a')
  await page.keyboard.press('k')
  await expect(page.getByLabel('short, approved')).toBeVisible()
  await expect(unsaved).toBeHidden()
  await allSent(page)
  expect(await standings(request, DRAFT)).toEqual({ approved: 2, rejected: 1, pending: 1 })
})

test('a held key decides once and undoes once; moving goes on', async ({ page, request }) => {
  deskDataset(HELD, plain(6))
  await openDesk(page, HELD)
  const first = await keyInSight(page)
  for (let i = 0; i < 4; i++) await page.keyboard.press('j')
  const fifth = await keyInSight(page)
  await held(page, 'k', 4)
  await expect.poll(() => keyInSight(page)).toBe(first)
  await held(page, 'j', 4)
  await expect.poll(() => keyInSight(page)).toBe(fifth)
  await held(page, 'a', 4)
  await allSent(page)
  expect(await standings(request, HELD)).toEqual({ approved: 1, pending: 5 })
  await held(page, 'x', 3)
  await expect(page.getByRole('toolbar', { name: 'Why is it rejected?' })).toBeVisible()
  await held(page, 'Enter', 3)
  await allSent(page)
  await held(page, 'z', 3)
  await allSent(page)
  expect(await standings(request, HELD)).toEqual({ approved: 1, pending: 5 })
  // A button takes a held Enter as one press, too.
  await page.getByRole('toolbar', { name: 'Decide' }).getByRole('button', { name: 'Approve' }).focus()
  await held(page, 'Enter', 3)
  await allSent(page)
  expect(await standings(request, HELD)).toEqual({ approved: 2, pending: 4 })
  await expect(focused(page)).toBeVisible()
})
