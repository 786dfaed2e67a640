// The measured process: works one run through and prints what it cost.
import { executeRun } from '@/lib/recaption/run'
import { runProgress } from '@/lib/recaption/progress-store'

const run = Number(process.argv[2])
const memory: number[] = []
const timer = setInterval(() => memory.push(process.memoryUsage().rss / 2 ** 20), 250)
const before = process.cpuUsage()
const began = performance.now()
await executeRun(run, { signal: new AbortController().signal, owner: 'bench' })
const seconds = (performance.now() - began) / 1000
const used = process.cpuUsage(before)
clearInterval(timer)
console.log(JSON.stringify({ done: runProgress(run).done, seconds, cpuMs: (used.user + used.system) / 1000, memory }))
process.exit(0)
