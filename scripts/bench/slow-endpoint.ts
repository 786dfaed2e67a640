// An endpoint that costs as little as one can, in a process of its own: it drops what it is sent, unread, and answers
// each call after so many ms with a sentence of its own. Prints its base URL. `GET …/cost`: processor time so far, in ms.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { completion, sentenceFor } from '@/lib/captioner/endpoint-answers'

const latency = Number(process.argv[2] ?? 200)
let n = 0
const server = createServer((request, response) => {
  const answer = (body: unknown, after: number) => {
    const bytes = Buffer.from(JSON.stringify(body))
    setTimeout(() => response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length }).end(bytes), after)
  }
  request.resume().once('end', () => {
    const { user, system } = process.cpuUsage()
    if (request.url?.endsWith('/cost')) answer({ ms: (user + system) / 1000 }, 0)
    else answer(completion({ model: 'test-model' }, sentenceFor(String(++n))), latency)
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1\n`))
