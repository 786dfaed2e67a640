import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import sharp from 'sharp'
import { keyInSight, openDesk, recaption, rowsOf } from './desk-data'

const PICTURES = 1500

/** A folder of small pictures, no two alike, each with its caption beside it. */
async function fill(folder: string, pictures: number): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const bytes = await sharp({ create: { width: 48, height: 32, channels: 3, background: '#7a8b5c' } }).jpeg().toBuffer()
  for (let i = 0; i < pictures; i++) {
    const stem = path.join(folder, String(i).padStart(5, '0'))
    // a comment segment of its own makes each file another picture
    writeFileSync(`${stem}.jpg`, Buffer.concat([bytes.subarray(0, 2), Buffer.from([0xff, 0xfe, 0, 4, i >> 8, i & 255]), bytes.subarray(2)]))
    writeFileSync(`${stem}.txt`, `a meadow in the evening, picture ${i}`)
  }
}

/** Drops a folder of the disk onto the page, as a file manager does, once the page says that it would take it. */
async function drop(page: Page, folder: string): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  const at = { x: 600, y: 400, data: { items: [], files: [folder], dragOperationsMask: 1 } }
  const veil = page.getByText('Drop to import')
  // A browser drops only where the last move was answered, and answers in its own time.
  await expect(async () => {
    for (const type of ['dragEnter', 'dragOver'] as const) await cdp.send('Input.dispatchDragEvent', { type, ...at })
    await expect(veil).toBeVisible({ timeout: 1000 })
    for (const type of ['dragOver', 'drop'] as const) await cdp.send('Input.dispatchDragEvent', { type, ...at })
    await expect(veil).toBeHidden({ timeout: 1000 })
  }).toPass()
}

test('three thousand files dropped on the page become samples, and the grid comes back to where it was', async ({ page }, info) => {
  // a second try imports anew
  const meadows = `meadows${info.retry || ''}`
  test.setTimeout(240_000)
  const folder = info.outputPath('meadows')
  await fill(folder, PICTURES)
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await drop(page, folder)
  const sheet = page.getByRole('dialog')
  await expect(sheet.getByLabel('The first samples as they will be read')).toContainText('a meadow in the evening, picture 0', { timeout: 120_000 })
  await sheet.getByLabel('Dataset', { exact: true }).fill(meadows)
  await sheet.getByRole('button', { name: `Import into ${meadows}` }).click()
  await expect(page.getByText('1,500 samples added')).toBeVisible({ timeout: 120_000 })
  await page.getByRole('button', { name: `Inspect ${meadows}` }).click()

  const shown = () => page.getByLabel(/^Open /).evaluateAll((links) => links.filter((link) => link.getBoundingClientRect().top >= 150).map((link) => link.getAttribute('aria-label')).at(0))
  await expect(page.getByLabel(/^Open .*00000/).first()).toBeVisible()
  for (let i = 0; i < 12; i++) {
    await page.mouse.move(700, 500)
    await page.mouse.wheel(0, 900)
    await page.waitForTimeout(120)
  }
  await expect.poll(shown).not.toContain('00000')
  await page.waitForTimeout(600)
  const before = await shown()
  await page.getByLabel(before ?? '', { exact: true }).click()
  await page.waitForURL(/sample|samples/)
  await page.goBack()
  await expect.poll(shown).toBe(before)
  await page.reload()
  await expect.poll(shown).toBe(before)

  await test.step('a next page that fails is said below the rows, asked for once, and again by a person', async () => {
    let asked = 0
    await page.route(/samples\?.*after=/, (route) => {
      asked++
      return route.fulfill({ status: 422, json: { error: { code: 'refused', message: 'These samples cannot be read.' } } })
    })
    await page.goto(`/datasets/${meadows}?sort=newest`)
    await expect(page.getByLabel(/^Open .*01499/).first()).toBeVisible()
    const bottom = () => page.getByTestId('samples').evaluate((element) => element.scrollTo(0, element.scrollHeight))
    await bottom()
    const note = page.getByTestId('samples').getByRole('alert')
    await expect(note).toContainText('These samples cannot be read.')
    await page.waitForTimeout(400)
    expect(asked).toBe(1)
    await page.unroute(/samples\?.*after=/)
    await note.getByRole('button', { name: 'Try again' }).click()
    await expect(note).toBeHidden()
    await expect.poll(async () => {
      await bottom()
      // any sample beyond the first page: at the bottom more pages come than one
      return page.getByLabel(/^Open .*(00\d{3}|01[0-2]\d{2}|013[0-7]\d)/).count()
    }).toBeGreaterThan(0)
  })
})

const PAIRS = { name: 'pairs.csv', mimeType: 'text/csv', buffer: Buffer.from('key,alt,short\nk1,a red bus,a photo of a bus\nk2,two sheep,a photo of sheep\n') }
const NOTES = { name: 'notes.md', mimeType: 'text/markdown', buffer: Buffer.from('# nothing to import\n') }

test('the sheet of an import leads on after every refusal, keeps what was typed, and its cards count what came', async ({ page }) => {
  const choose = page.getByLabel('Zip or files to import')
  const sheet = page.getByRole('dialog')
  const rows = sheet.getByLabel('The first samples as they will be read')
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()

  await test.step('a drop that holds nothing says so', async () => {
    const transfer = await page.evaluateHandle(() => {
      const dropped = new DataTransfer()
      dropped.items.add(new File(['x'], '.DS_Store'))
      return dropped
    })
    await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
    await expect(page.getByText('Nothing to import: no files are in it.')).toBeVisible()
  })

  await test.step('an upload that a page of HTML answers fails in sight; one under way is left only after a question', async () => {
    await page.route(/uploads\/.*\/files/, (route) => route.fulfill({ status: 502, contentType: 'text/html', body: '<html>Bad gateway</html>' }))
    await choose.setInputFiles(PAIRS)
    await expect(sheet.getByRole('alert')).toContainText('The server answered 502 to “pairs.csv”.')
    await page.unroute(/uploads\/.*\/files/)
    await page.route(/uploads\/.*\/files/, () => {})
    await sheet.getByRole('button', { name: 'Try again' }).click()
    await expect(sheet.getByRole('alert')).toBeHidden()
    await page.keyboard.press('Escape')
    await expect(sheet.getByRole('alert')).toContainText('Stop the upload?')
    await sheet.getByRole('button', { name: 'Go on' }).click()
    await expect(sheet.getByRole('alert')).toBeHidden()
    await sheet.getByRole('button', { name: 'Close' }).click()
    await sheet.getByRole('button', { name: 'Stop the upload' }).click()
    await expect(sheet).toBeHidden()
    await page.unroute(/uploads\/.*\/files/)
  })

  await test.step('what no format recognises is told without the command line, and the format can be chosen', async () => {
    await choose.setInputFiles(NOTES)
    await expect(sheet.getByRole('alert')).toHaveText('No format is recognised in notes.md. Choose the format above.')
    await sheet.getByLabel('Format').selectOption('csv')
    await expect(sheet.getByRole('alert').filter({ hasText: 'No format' })).toBeHidden()
    await page.mouse.click(8, 400)
    await expect(sheet).toBeVisible()
    await page.keyboard.press('Escape')
    await sheet.getByRole('button', { name: 'Leave', exact: true }).click()
    await expect(sheet).toBeHidden()
  })

  await test.step('a kind that cannot be is said in the form, which stays; typing is looked at once it rests', async () => {
    let looked = 0
    page.on('request', (sent) => void (sent.url().endsWith('/imports/preview') && looked++))
    await choose.setInputFiles(PAIRS)
    await expect(rows).toContainText('a red bus')
    await sheet.getByRole('button', { name: 'Another caption column' }).click()
    const kind = sheet.getByLabel('Kind').last()
    await expect(sheet.getByRole('button', { name: /^Import into/ })).toBeEnabled()
    looked = 0
    await kind.fill('')
    await expect(sheet.getByRole('alert')).toContainText('A kind is a lower-case word')
    await kind.pressSequentially('Original', { delay: 20 })
    await expect(sheet.getByRole('alert')).toContainText('A kind is a lower-case word')
    await expect(rows).toContainText('a red bus')
    await expect(sheet.getByRole('button', { name: /^Import into/ })).toBeDisabled()
    await page.waitForTimeout(500)
    expect(looked).toBe(0)
    await kind.fill('')
    await kind.pressSequentially('original', { delay: 20 })
    await expect(rows).toContainText('original')
    expect(looked).toBeLessThan(4)
  })

  await test.step('a format that refuses the source leaves the form, and the way back', async () => {
    await page.route('**/imports/preview', (route) => route.fulfill({ status: 422, json: { error: { code: 'refused', message: 'This is no such file.' } } }))
    await sheet.getByLabel('Format').selectOption('parquet')
    await expect(sheet.getByRole('alert')).toHaveText('This is no such file.')
    await expect(rows).toContainText('a red bus')
    await page.unroute('**/imports/preview')
    await sheet.getByLabel('Format').selectOption('csv')
    await expect(sheet.getByRole('alert')).toBeHidden()
  })

  await test.step('the card counts an import that ended after its sheet was closed', async () => {
    await sheet.getByLabel('Dataset', { exact: true }).fill('from a sheet')
    let held = true
    await page.route(/\/imports\/\d+$/, async (route) => (held ? route.fulfill({ json: { import: 1, dataset: 'from a sheet', status: 'running', why: '', added: 0, skipped: 0, read: 0, problemCount: 0, problems: [] } }) : route.continue()))
    await sheet.getByRole('button', { name: 'Import into from a sheet' }).click()
    await expect(sheet).toContainText('Importing from a sheet')
    await sheet.getByRole('button', { name: 'Close' }).last().click()
    await expect(sheet).toBeHidden()
    held = false
    await expect(page.getByRole('article', { name: 'from a sheet' })).toContainText('Samples2')
  })
})

test('captions go back to their files, and never over one that changed since', async ({ page, request }, info) => {
  test.setTimeout(120_000)
  const dataset = 'meadow-files'
  const folder = info.outputPath(dataset)
  await fill(folder, 3)
  recaption('import', folder, '--dataset', dataset)
  await openDesk(page, dataset)
  // Two are edited; of these, another program writes one file in the meantime.
  const edited: string[] = []
  for (const text of ['a meadow that a person described', 'another meadow, described as well']) {
    const key = await keyInSight(page)
    edited.push(path.join(folder, (key ?? '').replace('.jpg', '.txt')))
    await page.getByRole('button', { name: 'Edit', exact: true }).first().click()
    await page.getByLabel('Edit caption').fill(text)
    await page.keyboard.press('Control+Enter')
    await expect.poll(async () => (await rowsOf(request, dataset)).find((row) => row.key === key)?.captions.some((caption) => caption.text === text)).toBe(true)
    await expect.poll(() => keyInSight(page)).not.toBe(key)
  }
  const [changed, same] = edited
  writeFileSync(changed, 'changed behind our back')
  await page.goto(`/datasets/${dataset}/sources`)
  await expect(page.getByText('1 conflict', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Write approved captions back' }).click()
  await expect.poll(() => readFileSync(same, 'utf8').trim()).toBe('another meadow, described as well')
  expect(readFileSync(changed, 'utf8')).toBe('changed behind our back')
  await page.getByRole('button', { name: 'Keep ours' }).click()
  await expect(page.getByText('No conflicts')).toBeVisible()
  await page.getByRole('button', { name: 'Write approved captions back' }).click()
  await expect.poll(() => readFileSync(changed, 'utf8').trim()).toBe('a meadow that a person described')
})
