import { expect, test } from 'vitest'
import { z } from 'zod'
import { bodyOf, door, wideDoor } from './door'

const context = (params: Record<string, string>) => ({ params: Promise.resolve(params) })

test('a key is taken as it comes: a percent sign in it is no escape', async () => {
  const open = door(({ params }) => params)
  for (const key of ['100%.png', '%2e%2e.png', 'a/b %.png']) expect(await (await open(new Request('http://127.0.0.1/'), context({ key }))).json()).toEqual({ key })
})

test('a body that does not say its length is read no further than 10 MB', async () => {
  let sent = 0
  const endless = new ReadableStream<Uint8Array>({ pull: (to) => to.enqueue(new Uint8Array((sent += 1_000_000, 1_000_000)).fill(32)) })
  const open = door(({ request }) => bodyOf(request, z.object({})))
  const answer = await open(new Request('http://127.0.0.1/', { method: 'POST', body: endless, duplex: 'half' } as RequestInit), context({}))
  expect(answer.status).toBe(400)
  expect(JSON.stringify(await answer.json())).toContain('larger than 10 MB')
  expect(sent).toBeLessThan(20_000_000)
})

test('a door that the proxy leaves out asks itself who knocks', async () => {
  const open = wideDoor(() => ({ open: true }))
  const knock = async (headers: Record<string, string>) => (await open(new Request('http://127.0.0.1/api/v1/uploads/x/files', { headers }), context({}))).status
  const ours = { host: '127.0.0.1:3000' }
  expect([await knock(ours), await knock({ host: 'evil.com' }), await knock({ ...ours, origin: 'http://evil.com' }), await knock({ ...ours, 'sec-fetch-site': 'cross-site' })]).toEqual([200, 403, 403, 403])
})
