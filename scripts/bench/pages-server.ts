// The doors of the grid behind a plain HTTP server, without the framework around them: `RECAPTION_HOME=… tsx …`. Prints its port.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { GET as duplicates } from '@/app/api/v1/datasets/[dataset]/duplicates/route'
import { GET as facets } from '@/app/api/v1/datasets/[dataset]/facets/route'
import { GET as samples } from '@/app/api/v1/datasets/[dataset]/samples/route'

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const [, dataset, what] = url.pathname.split('/')
  const before = process.cpuUsage()
  const answer = await (what === 'facets' ? facets : what === 'duplicates' ? duplicates : samples)(new Request(url), { params: Promise.resolve({ dataset }) })
  const body = await answer.text()
  const { user, system } = process.cpuUsage(before)
  response.writeHead(answer.status, { 'content-type': 'application/json', 'x-cpu-us': String(user + system) })
  response.end(body)
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
process.on('disconnect', () => process.exit(0))
