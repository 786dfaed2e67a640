import { expect, test } from '@playwright/test'

const PLANTED = ['dust-bowl-home', 'pastoral-road', 'alps-ridge-again', 'sign-trail-12-km', 'chart-visitors']

test('the planted misaligned pairs come first in “most suspicious first”, with the reasons', async ({ page }) => {
  await page.goto('/datasets/sample?sort=suspicious')
  const cells = page.getByLabel(/^Open /)
  await expect(cells.first()).toBeVisible()
  const first = await Promise.all(PLANTED.map((_, i) => cells.nth(i).getAttribute('aria-label')))
  for (const name of PLANTED) expect(first.join(' ')).toContain(name)
  await page.goto('/datasets/sample/samples/dust-bowl-home.jpg')
  await expect(page.getByText(/the caption says frisbee: none found/).first()).toBeVisible()
})

test('from a pasted address the keys walk along its filter and order, to the ends and no further', async ({ page, request }) => {
  const asked = new URLSearchParams({ filter: 'flag:misaligned', sort: 'suspicious' })
  const { samples } = (await (await request.get(`/api/v1/datasets/sample/samples?${asked}`)).json()) as { samples: { key: string }[] }
  expect(samples.length).toBeGreaterThan(2)
  const at = (i: number) => `/datasets/sample/samples/${encodeURIComponent(samples[i].key)}?${asked}`
  const end = samples.length - 1
  await page.goto(at(end - 1))
  await expect(page.getByRole('link', { name: 'Next sample' })).toHaveAttribute('href', at(end))
  await page.keyboard.press('j')
  await expect(page).toHaveURL(at(end))
  await expect(page.getByRole('link', { name: 'Previous sample' })).toHaveAttribute('href', at(end - 1))
  await expect(page.getByRole('link', { name: 'Next sample' })).toHaveCount(0)
})

test('a bar of a chart answers to a click alone, to a key once, and to a finger that draws a range', async ({ page }) => {
  await page.goto('/datasets/sample')
  const bars = page.getByRole('group', { name: 'Words of the alt text, words' }).getByRole('button')
  const box = page.getByRole('searchbox', { name: 'Filter' })
  await bars.nth(1).dispatchEvent('click') // as a screen reader or a voice does
  await expect(box).toHaveValue(/^kind:alt words:>=\d+ words:<\d+$/)
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  for (const key of ['Enter', ' ']) {
    await bars.nth(1).press(key)
    await expect(bars.nth(1)).toHaveAttribute('aria-pressed', 'true')
    await page.waitForTimeout(200)
    await expect(box).toHaveValue(/^kind:alt words:>=\d+ words:<\d+$/)
    await page.getByRole('button', { name: 'Clear the filter' }).click()
    await expect(box).toHaveValue('')
  }
  await bars.nth(2).press('Enter')
  await expect(bars.nth(2)).toHaveAttribute('aria-pressed', 'true')
  await bars.nth(0).press('Shift+Enter')
  await expect(bars.nth(1)).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(bars.nth(1)).toHaveAttribute('aria-pressed', 'false')

  await bars.nth(0).scrollIntoViewIfNeeded()
  const middle = async (at: number) => {
    const { x, y, width, height } = (await bars.nth(at).boundingBox())!
    return { x: x + width / 2, y: y + height / 2 }
  }
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [await middle(0)] })
  for (const at of [1, 2]) await cdp.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [await middle(at)] })
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  for (const at of [0, 1, 2]) await expect(bars.nth(at)).toHaveAttribute('aria-pressed', 'true')
})

test('a count of all that fails says so, and is asked for again', async ({ page }) => {
  let fails = true
  await page.route(/\/facets\?/, async (route) => {
    if (route.request().url().includes('exact=true')) return fails ? route.fulfill({ status: 422, json: { error: { code: 'refused', message: 'Not all can be counted.' } } }) : route.continue()
    const answer = await route.fetch()
    const facets = (await answer.json()) as { total: object }
    return route.fulfill({ response: answer, json: { ...facets, total: { ...facets.total, capped: true } } })
  })
  await page.goto('/datasets/sample')
  const facets = page.getByRole('complementary', { name: 'Facets' })
  await facets.getByRole('button', { name: 'Count all' }).click()
  await expect(facets.getByRole('alert')).toContainText('Not all can be counted.')
  await expect(facets.getByText('Counting all')).toBeHidden()
  fails = false
  await facets.getByRole('button', { name: 'Try again' }).click()
  await expect(facets.getByRole('alert')).toBeHidden()
  await expect(facets.getByText(/Counted over the first/)).toBeHidden()
})

test('alignment says its score, its verdict and why, in the API as on the screen', async ({ request }) => {
  const { alignment } = (await (await request.get('/api/v1/datasets/sample/samples/dust-bowl-home.jpg')).json()) as { alignment: { score: number; verdict: string; why: string[] } }
  expect(alignment.verdict).toBe('misaligned')
  expect(alignment.score).toBeLessThan(-0.7)
  expect(alignment.why.join(' ')).toMatch(/frisbee: none found/)
})

test('a claim lights its boxes and a box its claim, by mouse and by keyboard', async ({ page }) => {
  await page.goto('/datasets/sample/samples/locomotion-house-cat.jpg')
  const list = page.getByRole('list', { name: 'Claims' }).first()
  const claim = list.getByRole('button', { name: /thing “cat”/i }).first()
  const boxes = page.getByRole('group', { name: 'Evidence on the picture' }).locator('rect[data-claim]')
  await expect(claim).toBeVisible()
  await expect(claim).toHaveAccessibleName(/supported|contradicted|not enough evidence/)
  const samples = await page.request.get('/api/v1/datasets/sample/samples/nagasaki-boats.jpg/claims')
  expect(samples.ok()).toBe(true)

  await page.goto('/datasets/sample/samples/nagasaki-boats.jpg')
  await expect(boxes.first()).toBeAttached()
  const id = await boxes.first().getAttribute('data-claim')
  const lit = page.locator(`rect[data-claim="${id}"][data-lit]`)
  const said = page.locator(`span[data-claim="${id}"]`).first()
  const button = page.getByRole('list', { name: 'Claims' }).getByRole('button', { name: (await boxes.first().getAttribute('aria-label')) ?? '' }).first()

  await said.hover()
  await expect(lit.first()).toBeAttached()
  await page.mouse.move(0, 0)
  await expect(lit).toHaveCount(0)

  await button.focus()
  await expect(lit.first()).toBeAttached()
  await button.blur()
  await expect(lit).toHaveCount(0)

  await boxes.first().focus()
  await expect(button).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Tab')
  await boxes.first().dispatchEvent('mouseover')
  await expect(button).toHaveAttribute('aria-pressed', 'true')
  await expect(boxes.first()).toHaveAccessibleName(/supported: .*Seen: /)
})

test('a check is switched off on the report card: its flags are gone at once, and come back', async ({ page, request }) => {
  const flagged = async () => ((await (await request.get('/api/v1/datasets/sample/count?filter=flag:misaligned')).json()) as { count: number }).count
  const before = await flagged()
  expect(before).toBeGreaterThan(0)
  await page.goto('/datasets/sample/report')
  const turn = page.getByRole('switch', { name: 'Misaligned is on' })
  await turn.click()
  await expect(page.getByText('switched off').first()).toBeVisible()
  await expect.poll(flagged).toBe(0)
  await turn.click()
  await expect.poll(flagged).toBe(before)
})

test('the report page says what the word model gains before it may be switched on', async ({ page }) => {
  await page.goto('/datasets/sample/report')
  const turn = page.getByRole('switch', { name: /The word model speaks too/ })
  await expect(turn).toBeDisabled()
  await page.getByRole('button', { name: 'Measure' }).click()
  await expect(page.getByText('True above shuffled pairs (AUC)')).toBeVisible({ timeout: 60_000 })
  await expect(turn).toBeDisabled()
})

test('the budget of the claim model is read as people write it, and is never lost for what cannot be read', async ({ page, request }) => {
  const chosen = async () => ((await (await request.get('/api/v1/datasets/sample/claim-model')).json()) as { chosen: { price: object; budget: number | null } | null }).chosen
  await page.goto('/datasets/sample/report')
  const panel = page.locator('section', { has: page.getByRole('heading', { name: 'Claims by a model' }) })
  const see = panel.getByRole('button', { name: 'See what it would ask' })
  await panel.getByLabel('Model').fill('some-model')
  await panel.getByLabel('$ per million tokens in').fill('1')
  await panel.getByLabel('$ per million tokens out').fill('2')
  await panel.getByLabel('Budget, $ at most').fill('2,50')
  await see.click()
  await expect(panel.getByText(/spent of 2.5/)).toBeVisible()
  expect(await chosen()).toMatchObject({ price: { input: 1, output: 2 }, budget: 2.5 })

  await panel.getByLabel('Budget, $ at most').fill('$3')
  await see.click()
  await expect(panel.getByText('“Budget, $ at most” cannot be used as it stands.')).toBeVisible()
  await expect(panel.getByRole('button', { name: 'Ask some-model' })).toBeDisabled()
  expect(await chosen()).toMatchObject({ budget: 2.5 })
})
