import { rmSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { allSent, deskDataset, focused, HOME, keyInSight, openDesk, recaption, rowsOf, standings } from './desk-data'
import { killed, webServer } from './desk-server'

const [CONFLICT, KILLED, TABS, HOSTILE, GONE] = ['desk-conflict', 'desk-killed', 'desk-tabs', 'desk-hostile', 'desk-gone']
const plain = (count: number) => Array.from({ length: count }, (_, i) => ({ a: `a picture, number ${i + 1}` }))

test('two people decide about one caption: the second is told what changed, and settles it', async ({ page, browser, request }) => {
  deskDataset(CONFLICT, plain(2))
  await openDesk(page, CONFLICT, '?sample=001.png')
  const other = await browser.newContext()
  const second = await other.newPage()
  await openDesk(second, CONFLICT, '?sample=001.png', 'bo')
  const standing = async () => (await rowsOf(request, CONFLICT)).find((row) => row.key === '001.png')?.captions.find((caption) => caption.origin === 'model')?.standing

  await page.keyboard.press('a')
  await expect.poll(standing).toBe('approved')
  await second.keyboard.press('x')
  await second.keyboard.press('Enter')
  const told = second.getByRole('alert').filter({ hasText: 'ada approved this' })
  await expect(told).toBeVisible()
  expect(await standing()).toBe('approved')
  await told.getByRole('button', { name: 'Keep yours' }).press('Enter')
  await expect.poll(standing).toBe('rejected')
  await expect(told).toBeHidden()

  // The first one’s window still shows its own approval: the next decision about it meets the same wall, and takes theirs.
  await page.keyboard.press('k')
  await expect.poll(() => keyInSight(page)).toBe('001.png')
  await page.keyboard.press('e')
  await page.keyboard.type(' and more')
  await page.keyboard.press('Control+Enter')
  const back = page.getByRole('alert').filter({ hasText: 'bo rejected this' })
  await back.getByRole('button', { name: 'Take theirs' }).press('Enter')
  await expect(back).toBeHidden()
  await page.keyboard.press('k')
  await expect(page.getByLabel('short, rejected')).toBeVisible()
  expect(await standing()).toBe('rejected')
  await Promise.all([allSent(page), allSent(second)])
  await other.close()
})

test('the server is killed: decisions wait in the browser, outlive a closed page, and arrive when it is back', async ({ browser, request, baseURL }) => {
  deskDataset(KILLED, plain(12))
  const port = Number(new URL(baseURL ?? '').port) + 200
  let server = await webServer(port)
  const context = await browser.newContext({ baseURL: `http://127.0.0.1:${port}` })
  try {
    const page = await context.newPage()
    await openDesk(page, KILLED)
    await page.keyboard.press('a')
    await expect.poll(() => standings(request, KILLED)).toEqual({ approved: 1, pending: 11 })
    await killed(server)
    for (const key of ['a', 'x', '1', 'Enter', 'a', 'a', 'z', 'Control+Shift+Z', 'x', 'Enter', 'z']) await page.keyboard.press(key)
    await expect(page.getByText(/not saved yet, kept in this browser/)).toBeVisible()
    expect(await standings(request, KILLED)).toEqual({ approved: 1, pending: 11 })
    await page.close()

    server = await webServer(port)
    const again = await context.newPage()
    await openDesk(again, KILLED)
    await expect.poll(() => standings(request, KILLED)).toEqual({ approved: 4, rejected: 1, pending: 7 })
    await allSent(again)
    await expect(again.getByText(/not saved yet/)).toBeHidden()
  } finally {
    await context.close()
    await killed(server)
  }
})

test('two windows of one person: each shows what the other decided, and every step is undone once', async ({ page, context, request }) => {
  deskDataset(TABS, plain(6))
  await openDesk(page, TABS, '?all=true')
  const other = await context.newPage()
  await openDesk(other, TABS, '?all=true')
  const [mine, theirs] = [await keyInSight(page), await keyInSight(other)]
  expect(mine).toBe(theirs)
  await page.keyboard.press('a')
  await expect(other.getByLabel('short, approved')).toBeVisible()
  await other.keyboard.press('j')
  await other.keyboard.press('x')
  await other.keyboard.press('Enter')
  await expect.poll(() => standings(request, TABS)).toEqual({ approved: 1, rejected: 1, pending: 4 })
  // The first window takes back its own step, then, with none left, whatever this person did last.
  await page.keyboard.press('z')
  await expect.poll(() => standings(request, TABS)).toEqual({ rejected: 1, pending: 5 })
  await allSent(page)
  await page.keyboard.press('z')
  await expect.poll(() => standings(request, TABS)).toEqual({ pending: 6 })
  // That step is in the other window’s memory too: it was taken back already, which is what was wanted.
  await other.keyboard.press('z')
  await allSent(other)
  await expect(other.getByRole('alert').filter({ hasText: 'could not be saved' })).toHaveCount(0)
  expect(await standings(request, TABS)).toEqual({ pending: 6 })
})

test('whatever a text holds and whatever a picture lacks, the desk stands', async ({ page }) => {
  const long = 'a dog on a lawn '.repeat(6250) // 100,000 characters
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  deskDataset(HOSTILE, [{ a: long }, { a: 'كلب \u202Eيجري\u202C في الحديقة, and then left to right' }, { a: '<img src=x onerror="document.title=1"><script>document.title=1</script> \u0007\u200B tail' }, { a: 'a picture that is gone' }], { own: true })
  rmSync(path.join(HOME, 'tables', HOSTILE, '004.png'))
  await openDesk(page, HOSTILE, '?sample=001.png')
  await expect(focused(page)).toContainText('31,250 words')
  const box = await focused(page).boundingBox()
  expect(box && box.y + box.height).toBeLessThanOrEqual(800)
  for (const key of ['002.png', '003.png']) {
    await page.keyboard.press('j')
    await expect.poll(() => keyInSight(page)).toBe(key)
  }
  await expect(focused(page)).toContainText('<script>')
  expect(await page.title()).not.toBe('1')
  await page.keyboard.press('j')
  await expect(focused(page)).toContainText('a picture that is gone')
  await expect(page.getByText(/There is no file .*004\.png/)).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280)
  expect(faults).toEqual([])
})

test('the data is taken away while somebody reviews it: the desk says so and goes on', async ({ page }) => {
  deskDataset(GONE, plain(3))
  await openDesk(page, GONE)
  const { imports } = JSON.parse(recaption('undo-import', '--dataset', GONE, '--json').toString()) as { imports: { id: number }[] }
  recaption('undo-import', '--import', String(imports[0].id))
  await page.keyboard.press('a')
  const told = page.getByRole('alert').filter({ hasText: 'could not be saved' })
  await expect(told).toContainText(/There is no/)
  await told.getByRole('button', { name: 'Let it go' }).press('Enter')
  await expect(told).toBeHidden()
  await page.reload()
  await expect(page.getByText('Nothing waits for a decision')).toBeVisible()
})
