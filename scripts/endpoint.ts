// An OpenAI-compatible endpoint for trials without a model: sentences of its own, faults on demand. It looks at no picture.
//   npx tsx scripts/endpoint.ts --port 9100 --latency 200 --faults 429,500,reset --every 10 --key secret
import { parseArgs } from 'node:util'
import { FAULTS, type Fault } from '../lib/captioner/endpoint-faults'
import { startEndpoint } from '../lib/captioner/endpoint-server'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    latency: { type: 'string', default: '0' },
    faults: { type: 'string', default: '' },
    every: { type: 'string', default: '10' },
    key: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
const wanted = values.faults.split(',').filter(Boolean)
const unknown = wanted.filter((fault) => !FAULTS.some((known) => known === fault))
if (values.help || unknown.length) {
  process.stderr.write(`${unknown.length ? `There is no fault ${unknown.join(', ')}.\n` : ''}Options: --port n --latency ms --faults a,b --every n (one call in n goes wrong) --key k\nFaults: ${FAULTS.join(' ')}\n`)
  process.exit(unknown.length ? 2 : 0)
}
const faults = wanted as Fault[]
const every = Math.max(1, Number(values.every))
const server = await startEndpoint({
  port: Number(values.port),
  latencyMs: Number(values.latency),
  key: values.key,
  keep: 0,
  schedule: ({ n }) => (faults.length && n % every === 0 ? faults[(n / every - 1) % faults.length] : undefined),
})
process.stdout.write(`${server.baseURL}\n`)
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    process.stderr.write(`${JSON.stringify(server.counts)}\n`)
    void server.close().then(() => process.exit(0))
  })
