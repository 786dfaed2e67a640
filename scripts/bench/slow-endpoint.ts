// An endpoint in a process of its own, so that its work is not counted as ours. Prints its base URL.
import { startEndpoint } from '@/lib/captioner/endpoint-server'

const server = await startEndpoint({ latencyMs: Number(process.argv[2] ?? 200), keep: 0 })
process.stdout.write(`${server.baseURL}\n`)
