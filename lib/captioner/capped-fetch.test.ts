import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cappedFetch } from './capped-fetch'
import { readBody } from './endpoint-server'

let seen: { headers: IncomingHttpHeaders; body: Buffer } | undefined
const server = createServer(async (request, response) => {
  seen = { headers: request.headers, body: await readBody(request) }
  response.end('{}')
})
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => void server.close())

it.each([[1], [300_000]])('sends %d bytes whole, with their length and without chunks', async (length) => {
  const body = Buffer.alloc(length, 'abc')
  const response = await cappedFetch()(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
  expect(await response.text()).toBe('{}')
  expect(seen?.headers).toMatchObject({ 'content-length': String(length), 'content-type': 'application/json' })
  expect(seen?.headers['transfer-encoding']).toBeUndefined()
  expect(seen?.body.equals(body)).toBe(true)
})
