// The measured process: works one run through and prints what it cost.
import { valueOf } from '@/lib/prepared'
import { executeRun } from '@/lib/recaption/run'
import { marking, steady } from './steady'

const run = Number(process.argv[2])
const memory: number[] = []
const timer = setInterval(() => memory.push(process.memoryUsage.rss() / 2 ** 20), 250)
const done = () => valueOf<number>('SELECT done FROM Run WHERE id = ?', run) ?? 0
const marks = marking(done)
const before = process.cpuUsage()
const began = performance.now()
await executeRun(run, { signal: new AbortController().signal, owner: 'bench' })
const seconds = (performance.now() - began) / 1000
const used = process.cpuUsage(before)
clearInterval(timer)
console.log(JSON.stringify({ done: done(), seconds, cpuMs: (used.user + used.system) / 1000, memory, steady: steady(marks()) }))
process.exit(0)
