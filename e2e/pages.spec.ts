import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'

const PAGES = ['/', '/datasets/sample', '/datasets/sample/about', '/datasets/sample/samples/nagasaki-boats.jpg', '/datasets/sample/review', '/datasets/sample/recaption', '/datasets/sample/insights', '/datasets/sample/blend', '/datasets/sample/releases', '/datasets/sample/certify', '/datasets/sample/report', '/datasets/sample/bulk', '/datasets/sample/problems', '/datasets/sample/duplicates', '/captioners']

for (const path of PAGES) {
  test(`${path} opens without an error, and axe finds nothing`, async ({ page }) => {
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => message.type() === 'error' && !message.text().startsWith('Failed to load resource') && faults.push(message.text()))
    // 400 and 409 are answers that a screen shows in words.
    // The list of datasets also shows those of other tests, a lost picture among them.
    const others = (url: string) => path === '/' && url.includes('/api/media/')
    page.on('response', (answer) => [403, 404, 500].includes(answer.status()) && !others(answer.url()) && faults.push(`${answer.status()} ${answer.url()}`))
    await page.goto(path)
    await expect(page.locator('h1').first()).toBeAttached()
    await page.waitForLoadState('networkidle').catch(() => undefined)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`)).toEqual([])
    expect(faults).toEqual([])
  })
}

test('captions are text, never markup', async ({ page, request }) => {
  const hostile = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>\u202Eevil'
  const { samples } = (await (await request.get('/api/v1/datasets/sample/samples?limit=1')).json()) as { samples: { key: string; captions: { id: number; version: number; kind: string }[] }[] }
  const [caption] = samples[0].captions
  const made = await request.post(`/api/v1/captions/${caption.id}/verdicts`, { data: { decision: 'edit', text: hostile, reviewer: 'mallory', version: caption.version } })
  expect(made.status()).toBe(201)
  for (const path of ['/datasets/sample', `/datasets/sample/samples/${encodeURIComponent(samples[0].key)}`, '/datasets/sample/review']) {
    await page.goto(path)
    await page.waitForLoadState('networkidle').catch(() => undefined)
    expect(await page.title()).not.toBe('owned')
  }
})
