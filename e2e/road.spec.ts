import { readFileSync } from 'node:fs'
import path from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from '@playwright/test'
import { zipOf } from './zip'

const PAIRS = [
  ['march-pastoral.jpg', 'sheep on a country road in early spring'],
  ['nagasaki-boats.jpg', 'Boats in the harbour of Nagasaki'],
  ['dust-bowl-home.jpg', 'two dogs playing frisbee on a sunny beach'],
  ['pastoral-sheep.jpg', 'IMG_2847.jpg'],
  ['sign-no-parking.png', 'Only $49.00 - limited offer'],
  ['card-mug.png', ''],
] as const

test('the whole road: import a zip, see flags, recaption, decide, blend, export', async ({ page, request }, info) => {
  test.setTimeout(300_000)
  const zip = info.outputPath('web-shop.zip')
  await zipOf(zip, PAIRS)

  await test.step('import', async () => {
    await page.goto('/')
    await page.getByLabel('Zip or files to import').setInputFiles(zip)
    const sheet = page.getByRole('dialog')
    await expect(sheet.getByLabel('The first samples as they will be read')).toContainText('IMG_2847.jpg')
    await sheet.getByLabel('Dataset', { exact: true }).fill('road')
    await sheet.getByRole('button', { name: 'Import into road' }).click()
    await expect(page.getByText('6 samples added')).toBeVisible({ timeout: 60_000 })
    await page.getByRole('button', { name: 'Inspect road' }).click()
  })

  await test.step('inspect: flags with their evidence', async () => {
    await expect(page.getByRole('heading', { level: 1, name: /road/ })).toBeVisible()
    const flagged = async () => ((await (await request.get('/api/v1/datasets/road/samples?limit=10')).json()) as { samples: { key: string; flags: { rule: string; evidence: string }[] }[] }).samples.flatMap((sample) => sample.flags.map((flag) => `${sample.key} ${flag.rule}`))
    await expect.poll(flagged, { timeout: 60_000 }).toEqual(expect.arrayContaining([expect.stringContaining('pastoral-sheep.jpg filename'), expect.stringContaining('sign-no-parking.png price-or-cta'), expect.stringContaining('card-mug.png empty')]))
    await page.goto('/datasets/road?filter=flag:filename')
    await page.getByLabel(/^Open .*pastoral-sheep/).first().click()
    await expect(page.getByText(/the text is a file name/).first()).toBeVisible()
  })

  await test.step('recaption by the built-in describer', async () => {
    await page.goto('/datasets/road/recaption')
    await page.getByRole('button', { name: 'Make a plan' }).click()
    await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeEnabled({ timeout: 90_000 })
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await page.waitForURL(/recaption\/runs\/\d+/)
    const done = async () => ((await (await request.get('/api/v1/datasets/road/runs')).json()) as { runs: { status: string; done: number; failed: number }[] }).runs[0]
    await expect.poll(async () => (await done()).status, { timeout: 120_000 }).toBe('done')
    expect(await done()).toMatchObject({ done: 6, failed: 0 })
  })

  await test.step('review by keyboard: reject, edit, undo, flag, drop, approve', async () => {
    await page.goto('/datasets/road/review')
    await page.locator('article[aria-current]').waitFor()
    await page.keyboard.press('a')
    await page.getByLabel('Your name').fill('ada')
    await page.getByRole('button', { name: 'Start reviewing' }).click()
    await expect(page.getByRole('dialog')).toBeHidden()
    type Row = { key: string; dropped: boolean; captions: { id: number; kind: string; origin: string; standing: string; text: string; verdicts?: unknown[] }[]; flags: { rule: string }[] }
    const rows = async () => ((await (await request.get('/api/v1/datasets/road/samples?limit=10')).json()) as { samples: Row[] }).samples
    const standings = async () => (await rows()).flatMap((row) => row.captions.map((caption) => caption.standing))
    const count = (of: string) => async () => (await standings()).filter((one) => one === of).length
    await page.locator('article[aria-current]').waitFor()

    await page.keyboard.press('x')
    await page.keyboard.press('3')
    await page.keyboard.press('Enter')
    await expect.poll(count('rejected')).toBe(1)

    await page.locator('article[aria-current]').waitFor()
    await page.keyboard.press('e')
    await page.getByLabel('Edit caption').fill('a picture described by a person')
    await page.keyboard.press('Control+Enter')
    await expect.poll(async () => (await rows()).some((row) => row.captions.some((caption) => caption.origin === 'human' && caption.text === 'a picture described by a person'))).toBe(true)

    await page.keyboard.press('z')
    await expect.poll(async () => (await rows()).some((row) => row.captions.some((caption) => caption.origin === 'human'))).toBe(false)

    await page.keyboard.press('f')
    await expect.poll(async () => (await rows()).some((row) => row.flags.some((flag) => flag.rule === 'flagged'))).toBe(true)

    await page.keyboard.press('a')
    await expect.poll(count('approved')).toBeGreaterThanOrEqual(1)

    await page.keyboard.press('d')
    await page.keyboard.press('1')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await rows()).filter((row) => row.dropped).length).toBe(1)
  })

  await test.step('blend and export; another program reads the release', async () => {
    await page.goto('/datasets/road/blend')
    await expect(page.getByRole('slider', { name: 'Share of synthetic captions' })).toBeVisible()
    await page.getByRole('button', { name: 'Make a release' }).click()
    await page.getByRole('button', { name: 'Write the release' }).click()
    await page.waitForURL(/releases\/\d+/)
    const id = /releases\/(\d+)/.exec(page.url())?.[1]
    const release = async () => (await (await request.get(`/api/v1/releases/${id}`)).json()) as { status: string; path: string; samples: number; why: string }
    await expect.poll(async () => (await release()).status, { timeout: 60_000 }).toBe('done')
    const { path: folder, samples } = await release()
    const duck = await (await DuckDBInstance.create(':memory:')).connect()
    const read = await duck.runAndReadAll(`SELECT file_name, text FROM read_json('${path.join(folder, 'metadata.jsonl')}', format = 'newline_delimited')`)
    const rows = read.getRows().map((row) => row.map(String))
    expect(rows.length).toBe(samples)
    expect(rows.length).toBeGreaterThanOrEqual(3)
    for (const [file, text] of rows) {
      expect(text.trim()).not.toBe('')
      expect([...readFileSync(path.join(folder, file)).subarray(0, 3)].map((byte) => byte.toString(16))).toEqual(expect.arrayContaining([expect.stringMatching(/^(ff|89)$/)]))
    }
    expect(JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8'))).toMatchObject({ samples, seed: 0 })
    await expect(page.getByText(/read back|proof/i).first()).toBeVisible()
  })
})
