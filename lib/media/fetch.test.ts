import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { LookupFunction } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { fetchGuarded } from './fetch'

let servers: Server[] = []
afterEach(() => {
  for (const server of servers) { server.closeAllConnections(); server.close() }
  servers = []
})
async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, done))
  return (server.address() as AddressInfo).port
}
/** A name server of ours that answers with these addresses in turn. */
const naming = (...answers: string[][]): LookupFunction => {
  let turn = 0
  return (_name, options, done) => {
    const found = answers[Math.min(turn++, answers.length - 1)].map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    if (options.all) done(null, found)
    else done(null, found[0].address, found[0].family)
  }
}

describe('private networks', () => {
  const spellings = ['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1', '017700000001', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[0:0:0:0:0:ffff:7f00:1]', 'localhost', 'localhost.', '①②⑦.⓪.⓪.①', '0.0.0.0', '[::]', '127.0.0.1\\@example.com']
  it.each(spellings)('%s reaches nobody', async (host) => {
    let hits = 0
    const port = await serve((_request, response) => { hits++; response.end('secret') })
    const target = host.includes('\\') ? `http://127.0.0.1:${port}\\@example.com/` : `http://${host}:${port}/`
    await expect(fetchGuarded(target, { operator: { ports: [port] } })).rejects.toMatchObject({ code: 'refused' })
    expect(hits).toBe(0)
  })

  it.each(['169.254.169.254', '10.0.0.1', '172.16.0.1', '192.168.1.1', '100.64.0.1', '[fd00::1]', '[fe80::1]', '[64:ff9b::a00:1]', '[2002:a00:1::]', '224.0.0.1', '255.255.255.255'])('%s is refused before a connection', async (host) => {
    await expect(fetchGuarded(`http://${host}/`, { timeoutMs: 2000 })).rejects.toThrow(/private or reserved address/)
  })

  it('refuses a name that answers with a private address, alone or among public ones', async () => {
    const ask = (lookup: LookupFunction) => fetchGuarded('http://pictures.example/a.jpg', { operator: { lookup }, timeoutMs: 2000 })
    await expect(ask(naming(['127.0.0.1']))).rejects.toThrow(/private or reserved/)
    await expect(ask(naming(['93.184.216.34', '10.1.2.3']))).rejects.toThrow(/private or reserved/)
  })

  it('refuses a redirect to a private address, by number and by a name that changes its answer', async () => {
    let hits = 0
    const inner = await serve((_request, response) => { hits++; response.end('secret') })
    const byNumber = await serve((_request, response) => response.writeHead(302, { location: `http://127.0.0.2:${inner}/` }).end())
    const operator = { ports: [inner, byNumber], addresses: ['127.0.0.1'] }
    await expect(fetchGuarded(`http://127.0.0.1:${byNumber}/`, { operator })).rejects.toThrow(/127\.0\.0\.2 is a private/)
    const byName = await serve((_request, response) => response.writeHead(307, { location: `http://pictures.example:${inner}/` }).end())
    const lookup = naming(['127.0.0.1'], ['127.0.0.3'])
    await expect(fetchGuarded(`http://pictures.example:${byName}/`, { operator: { ...operator, ports: [inner, byName], lookup } })).rejects.toThrow(/private or reserved/)
    expect(hits).toBe(0)
  })
})

describe('what it does fetch', () => {
  const at = (port: number) => ({ operator: { ports: [port], addresses: ['127.0.0.1'] } })

  it('gives the bytes and the type, through redirects, without cookies', async () => {
    let cookie: string | undefined = 'none yet'
    const port = await serve((request, response) => {
      if (request.url === '/') return void response.writeHead(301, { location: '/next', 'set-cookie': 'a=b' }).end()
      cookie = request.headers.cookie
      response.writeHead(200, { 'content-type': 'image/png; charset=x' }).end('pixels')
    })
    const got = await fetchGuarded(`http://127.0.0.1:${port}/`, at(port))
    expect([Buffer.from(got.bytes).toString(), got.type, cookie]).toEqual(['pixels', 'image/png', undefined])
  })

  it('follows three redirects and not four', async () => {
    const port = await serve((request, response) => {
      const left = Number(request.url?.slice(1))
      if (left) response.writeHead(302, { location: `/${left - 1}` }).end()
      else response.end('ok')
    })
    await expect(fetchGuarded(`http://127.0.0.1:${port}/3`, at(port))).resolves.toBeTruthy()
    await expect(fetchGuarded(`http://127.0.0.1:${port}/4`, at(port))).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining('more than 3') })
  })

  it('stops at the size cap, told beforehand or not', async () => {
    const port = await serve((request, response) => {
      if (request.url === '/told') response.writeHead(200, { 'content-length': 5000 })
      response.end(Buffer.alloc(5000))
    })
    for (const path of ['told', 'untold']) await expect(fetchGuarded(`http://127.0.0.1:${port}/${path}`, { ...at(port), maxBytes: 4999 })).rejects.toThrow(/larger than/)
  })

  it('gives up on a body that trickles', async () => {
    const port = await serve((_request, response) => { response.writeHead(200); setInterval(() => response.write('.'), 20).unref() })
    await expect(fetchGuarded(`http://127.0.0.1:${port}/`, { ...at(port), timeoutMs: 200 })).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('tells later from never', async () => {
    const port = await serve((request, response) => { response.writeHead(Number(request.url?.slice(1))).end() })
    for (const [status, code] of [[404, 'refused'], [403, 'refused'], [429, 'unavailable'], [503, 'unavailable']] as const)
      await expect(fetchGuarded(`http://127.0.0.1:${port}/${status}`, at(port))).rejects.toMatchObject({ code })
    await expect(fetchGuarded('file:///etc/passwd')).rejects.toThrow(/only http and https/)
    await expect(fetchGuarded('http://a:b@example.com/')).rejects.toThrow(/user name/)
    await expect(fetchGuarded('http://example.com:22/')).rejects.toThrow(/Port 22/)
    await expect(fetchGuarded('not an address')).rejects.toThrow(/not a web address/)
  })
})
