import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

type Door = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>

/**
 * Doors behind a plain HTTP server, without the framework around them: `/<dataset>/<door>`. Prints its port; an answer says
 * what processor time it took and the peak memory of the process so far.
 */
export function serveDoors(doors: Readonly<Record<string, Door>>): void {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const [, dataset, ...what] = url.pathname.split('/')
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const before = process.cpuUsage()
    const answer = await doors[what.join('/')](new Request(url, { method: request.method, ...(parts.length > 0 && { body: Buffer.concat(parts) }) }), { params: Promise.resolve({ dataset }) })
    const body = await answer.text()
    const { user, system } = process.cpuUsage(before)
    response.writeHead(answer.status, { 'content-type': 'application/json', 'x-cpu-us': String(user + system), 'x-peak-mb': String(Math.round(process.resourceUsage().maxRSS / 1024)) })
    response.end(body)
  })
  server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
  process.on('disconnect', () => process.exit(0))
}
