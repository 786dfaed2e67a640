import { request as http } from 'node:http'
import { expect, test } from '@playwright/test'

/** A request as any program may send it, with whatever headers. */
function knock(base: string, path: string, headers: Record<string, string>, method = 'GET'): Promise<{ status: number; headers: Record<string, unknown> }> {
  const { hostname, port } = new URL(base)
  return new Promise((resolve, reject) => {
    const sent = http({ hostname, port, path, method, headers, setHost: !('host' in headers) }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

const PATHS = ['/', '/datasets/sample', '/api/v1/datasets', '/api/media/1/thumbnail?side=160', '/api/media/1']

test.describe('who is answered', () => {
  for (const path of PATHS) {
    test(`${path} answers this machine alone`, async ({ baseURL: base }) => {
    const baseURL = base ?? ''
      const { host } = new URL(baseURL)
      expect((await knock(baseURL, path, {})).status).toBe(200)
      const foreign: Record<string, string>[] = [{ host: 'evil.com' }, { host: 'localhost.evil.com' }, { host: '127.0.0.1.nip.io' }, { host, origin: 'http://evil.com' }, { host, origin: 'null' }, { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }]
      for (const headers of foreign)
        expect((await knock(baseURL, path, headers)).status, JSON.stringify(headers)).toBeGreaterThanOrEqual(400)
    })
  }

  test('a foreign page can change nothing', async ({ baseURL: base }) => {
    const baseURL = base ?? ''
    for (const path of ['/api/v1/datasets/sample/checks', '/api/v1/captions/1/verdicts', '/api/v1/uploads', '/'])
      expect((await knock(baseURL, path, { origin: 'http://evil.com', 'content-type': 'text/plain' }, 'POST')).status).toBe(403)
  })

  test('a file larger than what the proxy passes on arrives whole, from our own pages alone', async ({ request }) => {
    const { upload } = (await (await request.post('/api/v1/uploads', { data: {} })).json()) as { upload: string }
    const rows = Array.from({ length: 20 }, (_, i) => `${' '.repeat(600_000)}${JSON.stringify({ url: `https://example.org/${i}.jpg`, text: `a photograph of thing ${i}` })}`).join('\n')
    const send = (headers: Record<string, string>) => request.put(`/api/v1/uploads/${upload}/files?path=rows.jsonl`, { data: Buffer.from(rows), headers })
    expect((await send({ origin: 'http://evil.com' })).status()).toBe(403)
    expect((await send({})).status()).toBe(200)
    const started = await request.post('/api/v1/datasets/large/imports', { data: { upload } })
    const { import: id } = (await started.json()) as { import: number }
    await expect.poll(async () => ((await (await request.get(`/api/v1/imports/${id}`)).json()) as { added: number }).added, { timeout: 60_000 }).toBe(20)
  })

  test('an address that leads nowhere or cannot be read is told in the API’s own form', async ({ request }) => {
    const key = (name: string) => request.get(`/api/v1/datasets/sample/samples/${name}`).then(async (answer) => [answer.status(), ((await answer.json()) as { error: { code: string; message: string } }).error])
    expect(await key('%ff')).toMatchObject([400, { code: 'invalid' }])
    expect(await key(encodeURIComponent('100%/%2e.png'))).toMatchObject([404, { code: 'not_found', message: expect.stringContaining('“100%/%2e.png”') as unknown }])
    expect(await key('a/b/c/d')).toMatchObject([404, { code: 'not_found', message: expect.stringContaining('/api/v1/openapi.json') as unknown }])
  })

  test('the content security policy is enforced, and pictures come with their own type', async ({ baseURL: base }) => {
    const baseURL = base ?? ''
    const page = await knock(baseURL, '/', {})
    expect(page.headers['content-security-policy']).toMatch(/script-src 'self' 'nonce-/)
    expect(page.headers['content-security-policy-report-only']).toBeUndefined()
    const picture = await knock(baseURL, '/api/media/1', {})
    expect(picture.headers['content-type']).toMatch(/^image\/(jpeg|png|webp|gif)$/)
    expect(picture.headers['x-content-type-options']).toBe('nosniff')
  })
})
