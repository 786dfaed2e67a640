import { expect, test } from '@playwright/test'
import { killed, webServer } from './desk-server'

const TOKEN = 'a-token-of-the-desk-0123456789'
const PAGES = ['/', '/captioners', '/nowhere', ...['', '/review', '/bulk', '/certify', '/certify/1', '/compare', '/compare/1', '/people', '/people/1', '/report', '/recaption', '/blend', '/releases', '/insights', '/about', '/problems', '/duplicates', '/sources', '/samples/acanthus-mollis.jpg'].map((place) => `/datasets/sample${place}`)]

test('a desk that is open to colleagues answers nobody without the token, on any address', async ({ baseURL, browser }) => {
  const port = Number(new URL(baseURL ?? '').port) + 201
  const base = `http://127.0.0.1:${port}`
  const server = await webServer(port, { RECAPTION_TOKEN: TOKEN })
  const context = await browser.newContext({ baseURL: base })
  try {
    const withToken = (path: string, token: string, method = 'GET') => fetch(base + path, { method, redirect: 'manual', headers: { authorization: `Bearer ${token}` } }).then((answer) => answer.status)
    const { paths } = (await (await fetch(`${base}/api/v1/openapi.json`, { headers: { authorization: `Bearer ${TOKEN}` } })).json()) as { paths: Record<string, Record<string, unknown>> }
    const api = Object.entries(paths).flatMap(([path, doors]) => Object.keys(doors).map((method) => ({ method: method.toUpperCase(), path: `/api/v1${path.replace(/^\/api\/v1/, '')}`.replaceAll('{dataset}', 'sample').replaceAll(/\{\w+\}/g, '1') })))
    expect(api.length).toBeGreaterThan(80)
    const own = [...PAGES, '/icon.svg', '/_next/static/chunks/none.js', '/api/media/1', '/api/media/1/thumbnail?side=160', '/api/v1/openapi.json'].map((path) => ({ method: 'GET', path }))
    for (const { method, path } of [...api, ...own])
      for (const token of ['', 'wrong', TOKEN.slice(0, -1)]) expect([method, path, await withToken(path, token, method)]).toEqual([method, path, 401])
    expect(await withToken('/api/v1/datasets', TOKEN)).toBe(200)
    expect(await withToken('/api/media/1', TOKEN)).toBe(200)

    const page = await context.newPage()
    await page.goto(`/datasets/sample/review?token=${TOKEN}`)
    await expect(page.locator('article[aria-current]')).toBeVisible()
    expect(page.url()).not.toContain(TOKEN)
    await page.goto('/datasets/sample')
    await expect(page.getByLabel(/^Open /).first()).toBeVisible()
  } finally {
    await context.close()
    await killed(server)
  }
})
