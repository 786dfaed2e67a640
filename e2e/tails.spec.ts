import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { clipCut } from '../lib/caption/tokens'
import { startEndpoint, type EndpointServer } from '../lib/captioner/endpoint-server'
import { deskDataset, focused, HOME, openDesk, recaption, rowsOf } from './desk-data'
import { panel, release } from './release'
import { SAMPLE, zipOf } from './zip'

const DATASET = 'tails'
/** Longer than CLIP reads, and nothing that a guard takes for no caption. */
const long = (thing: string) =>
  `${thing} stands at the edge of a wide field under a pale morning sky, with low hills far behind it and a narrow path that bends to the right past an old stone wall. Tall grass leans in the wind along the wall, a wooden gate hangs open in the middle, and two crows sit on its highest bar. In front, shallow puddles show the clouds upside down, while on the left a row of bare poplars leads to a white farmhouse whose chimney sends a thin line of smoke straight up. No person can be seen anywhere, and the whole scene looks quiet, cold and still.`
const ALT = `${long('The old market cart')} Painted in Vienna.`
const first = long('A red tractor, number 1,')
const SCENE = long('A machine of its own')
/** The share of a text that CLIP 77 cuts. */
const share = (text: string) => `${Math.round((100 * (text.length - (clipCut(text) ?? text.length))) / text.length)} %`

let server: EndpointServer
test.beforeAll(async ({ request }) => {
  server = await startEndpoint({ answer: () => SCENE })
  deskDataset(DATASET, Array.from({ length: 12 }, (_, i) => ({ text: ALT, a: long(`A red tractor, number ${i + 1},`), b: long(`Some green tractor with ${i + 20} signs`) })))
  expect((await request.post('/api/v1/captioners', { data: { captioner: 'talker', label: 'Talker', baseUrl: server.baseURL, key: 'any', inputPrice: 1, outputPrice: 1 } })).status()).toBe(201)
})
test.afterAll(() => server.close())
test.beforeEach(({ page }) => page.addInitScript(() => localStorage.setItem('recaption.reviewer', 'ada')))

/** The grey tail stands here, exactly cut, with its share beside it. */
async function greyed(place: Locator, cut?: string) {
  await expect(place.locator('del[title="Never read by CLIP 77"]').first()).toBeVisible()
  await told(place, cut)
}
/** The share that is cut stands here, exact; a few lines of a caption do not reach to its tail. */
async function told(place: Locator, cut = '\\d+ %') {
  const said = new RegExp(`^${cut} (of the text is )?cut by CLIP 77`)
  await expect(place.getByText(said).first()).toBeAttached()
  await expect(place.getByText('(estimate)')).toHaveCount(0)
  await expect(place.getByText(', by estimate')).toHaveCount(0)
}
const go = (page: Page, where: string) => page.goto(`/datasets/${DATASET}${where}`)

test('the grid, the list and the page of a sample', async ({ page }) => {
  await go(page, '')
  await told(page.getByRole('article', { name: '001.png' }))
  await go(page, '?view=list&filter=kind:alt')
  await told(page.getByRole('article', { name: '001.png' }), share(ALT))
  await go(page, '/samples/001.png')
  await greyed(page.getByRole('article', { name: 'alt caption' }), share(ALT))
  await greyed(page.getByRole('article', { name: 'short caption' }).first())
  await go(page, '/duplicates?way=text')
  await told(page.getByRole('region', { name: /12 samples like/ }).first(), share(ALT))
})

test('the trainer is chosen at the desk by mouse and by key, and is the same on every screen', async ({ page }) => {
  await openDesk(page, DATASET)
  await greyed(page.getByRole('region', { name: 'Captions' }), share(ALT))
  const menu = page.getByRole('button', { name: 'Captions are shown as CLIP 77 reads them. Change the trainer' })
  await menu.press('Enter')
  await page.getByRole('menuitem', { name: /CLIP 3 × 75/ }).press('Enter')
  await expect(page.getByRole('button', { name: /as CLIP 3 × 75 reads them/ })).toBeVisible()
  await expect(page.locator('del[title^="Never read"]')).toHaveCount(0)
  await page.keyboard.press('Shift+T')
  await expect(page.getByRole('button', { name: /as T5 256 reads them/ })).toBeVisible()
  await go(page, '/blend?p=1')
  await expect(page.getByRole('combobox', { name: 'Trainer' })).toHaveValue('t5-256')
  await page.getByRole('combobox', { name: 'Trainer' }).selectOption('clip-77')
  await greyed(page.getByRole('region', { name: 'As the trainer will see them' }))
})

test('at the desk what is typed, what an edit changed, and the edit before the server has seen it', async ({ page, request }) => {
  await openDesk(page, DATASET)
  await page.getByRole('toolbar', { name: 'Decide' }).getByRole('button', { name: 'Edit' }).click()
  const box = page.getByLabel('Edit caption')
  await box.fill(`${first} And more.`)
  await greyed(page.getByLabel('Cut from the edit'), share(`${first} And more.`))
  await box.fill(`Here ${first}`)
  await page.keyboard.press('Control+Enter')
  await expect.poll(async () => (await rowsOf(request, DATASET))[0].captions.some((caption) => caption.text === `Here ${first}`)).toBe(true)
  await go(page, '/review?all=true&sample=001.png')
  const made = page.getByRole('article', { name: 'short, approved' })
  await made.click()
  await page.getByRole('button', { name: 'Against its parent' }).click()
  await greyed(page.getByRole('group', { name: 'Against its parent' }), share(`Here ${first}`))
  await expect(focused(page)).toHaveAttribute('aria-label', 'short, approved')
  await go(page, '/samples/001.png')
  await page.getByText('What the edit changed').click()
  await greyed(page.locator('details[open]'))
  await page.goto(`/captioners?dataset=${DATASET}`)
  await page.getByRole('tab', { name: 'Recipes' }).click()
  await page.getByRole('button', { name: 'Examples' }).first().click()
  await greyed(page.getByRole('dialog').getByRole('region', { name: 'Edits that could be examples' }))
})

/** A button that is still counting takes no key. */
async function pressed(button: Locator): Promise<void> {
  await expect(button).toBeEnabled()
  await button.press('Enter')
}

test('blind looks and blind pairs, with nothing said of who wrote them', async ({ page }) => {
  await go(page, '/certify')
  await page.getByLabel('At most bad, %').fill('30')
  await pressed(page.getByRole('button', { name: /Fix the plan and look at/ }))
  await page.waitForURL(/certify\/\d+/)
  await greyed(page.getByRole('region', { name: 'short caption' }))
  await greyed(page.locator('section', { has: page.getByRole('heading', { name: 'The text it came with' }) }).last(), share(ALT))
  await expect(page.getByText(/m-a|m-b/)).toHaveCount(0)
  await go(page, '/compare')
  await page.getByLabel('Pairs').fill('6')
  await pressed(page.getByRole('button', { name: 'Judge 6 pairs blind' }))
  await page.waitForURL(/compare\/\d+/)
  await greyed(page.getByRole('region', { name: 'Left caption' }))
  await greyed(page.getByRole('region', { name: 'Right caption' }))
  await expect(page.getByText(/m-a|m-b/)).toHaveCount(0)
})

test('previews: the rows of an import, find and replace, one call to a captioner', async ({ page }, info) => {
  const zip = info.outputPath('tails.zip')
  await zipOf(zip, [['nagasaki-boats.jpg', ALT]])
  await page.goto('/')
  await page.getByLabel('Zip or files to import').setInputFiles(zip)
  const rows = page.getByLabel('The first samples as they will be read')
  await told(rows, share(ALT))
  await rows.getByRole('button', { name: /Change the trainer/ }).click()
  await page.getByRole('menuitem', { name: /CLIP 3 × 75/ }).click()
  await expect(rows.getByText(/cut by/)).toHaveCount(0)
  await page.evaluate(() => localStorage.removeItem('recaption.trainer'))
  await go(page, '/bulk?do=replace')
  await page.getByLabel('Find', { exact: true }).fill('tractor')
  await page.getByLabel('Replace with').fill('harvester')
  await greyed(page.getByRole('region', { name: 'What changes' }).getByRole('listitem').first())
  await page.goto(`/captioners?dataset=${DATASET}`)
  const card = page.getByRole('article', { name: 'Talker' })
  await card.getByRole('button', { name: 'Test this captioner' }).click()
  await card.getByLabel('Recipe').selectOption('detailed')
  await card.getByRole('button', { name: 'Ask once' }).click()
  await greyed(card.getByRole('status'))
})

test('a plan’s dry run and a run’s newest captions', async ({ page }) => {
  await go(page, '/recaption')
  await page.getByLabel('Captioner', { exact: true }).selectOption('talker')
  await page.getByLabel('Recipe', { exact: true }).selectOption('detailed')
  await page.getByRole('button', { name: 'Make a plan' }).click()
  const tried = page.getByRole('region', { name: 'Dry run' }).getByRole('article').first()
  await greyed(tried)
  await told(tried, share(ALT))
  await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeEnabled({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await page.waitForURL(/recaption\/runs\/\d+/)
  await greyed(panel(page, 'Latest captions').getByRole('article').first())
})

test('what is lost, the changed captions of two releases, and caption files that changed', async ({ page }) => {
  await go(page, '/insights')
  await page.getByRole('button', { name: /^Measure (now|again)/ }).click()
  await page.getByRole('button', { name: /^Vienna/ }).click({ timeout: 60_000 })
  const losing = page.getByRole('list', { name: 'Samples that lose “Vienna”' }).getByRole('listitem').first()
  await greyed(losing.locator('p').first(), share(ALT))
  await greyed(losing.getByText('would become').locator('..'))
  for (const p of [0, 1]) {
    await go(page, `/blend?p=${p}`)
    await release(page, 12)
  }
  const compared = panel(page, 'Compared with another release')
  await compared.getByText('Changed captions, 12').click()
  await greyed(compared.getByRole('listitem').first())

  const folder = path.join(HOME, 'beside')
  mkdirSync(folder, { recursive: true })
  copyFileSync(path.join(SAMPLE, 'nagasaki-boats.jpg'), path.join(folder, 'boats.jpg'))
  writeFileSync(path.join(folder, 'boats.txt'), ALT)
  recaption('import', folder, '--dataset', 'beside')
  writeFileSync(path.join(folder, 'boats.txt'), `${ALT} Ashore.`)
  await page.goto('/datasets/beside/sources')
  await greyed(page.getByRole('listitem').filter({ hasText: 'boats.txt' }), share(`${ALT} Ashore.`))
})
