// Pages, phrases and counted filters over HTTP: `tsx scripts/bench/pages.ts [samples]`. The route handlers answer behind a
// plain HTTP server in a process of its own, so the framework's own share of a request is not in these figures.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { freshHome } from '@/lib/testing'
import { report, spread } from './result'

const samples = Number(process.argv[2] ?? 1_000_000)
const { home, remove } = await freshHome()
const { manySamples } = await import('./many-samples')
const dataset = await manySamples('bench', samples)
// Every alt text has a score; three pictures of a hundred look alike.
const { bulk } = await import('@/lib/db')
bulk().exec(`INSERT INTO Score (captionId, metric, version, value) SELECT id, 'alignment', 1, (id * 7919 % 100003) / 10000.0 - 5 FROM Caption WHERE datasetId = ${dataset} ORDER BY id;
  UPDATE Sample SET groupId = id - id % 100 WHERE datasetId = ${dataset} AND id % 100 < 3 AND id >= 100`)
const server = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('./pages-server.ts', import.meta.url))], { env: { ...process.env, RECAPTION_HOME: home }, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
const port = await new Promise<string>((resolve) => server.stdout?.once('data', (text: Buffer) => resolve(text.toString().trim())))
const base = `http://127.0.0.1:${port}/bench`

/** Processor time of the server for the last answer: what a busy machine does not change. */
let cpuMs = 0
type Page = { samples: unknown[]; next?: string }
async function get<T>(path: string): Promise<T> {
  const answer = await fetch(base + path)
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  cpuMs = Number(answer.headers.get('x-cpu-us')) / 1000
  return (await answer.json()) as T
}
const page = (query: Record<string, string>) => get<Page>(`/samples?${new URLSearchParams({ limit: '50', ...query })}`)
const cursorAt = (share: number) => Buffer.from(JSON.stringify([Math.floor(samples * share), Math.floor(samples * share)])).toString('base64url')

async function timed(runs: number, ask: (i: number) => Promise<unknown>): Promise<{ median: number; p95: number; note: string }> {
  await ask(0)
  const times: number[] = []
  const own: number[] = []
  for (let i = 0; i < runs; i++) {
    const from = performance.now()
    await ask(i)
    times.push(performance.now() - from)
    own.push(cpuMs)
  }
  return { ...spread(times), note: `processor ${spread(own).median.toFixed(1)} ms` }
}

try {
  const walk = await timed(200, (i) => page({ after: cursorAt(((i * 37) % 95) / 100) }))
  report({ what: 'page by key, median', value: walk.median, unit: 'ms', most: 20, note: `handlers over plain HTTP; ${walk.note}` })
  report({ what: 'page by key, 95th percentile', value: walk.p95, unit: 'ms', most: 50 })
  const [first, deep] = [await timed(100, () => page({})), await timed(100, () => page({ after: cursorAt(0.9) }))]
  report({ what: 'page at 90 % depth', value: deep.median / first.median, unit: '×', most: 1.5, floor: `first page ${first.median.toFixed(1)} ms`, note: `${deep.note} to ${first.note}` })
  for (const phrase of ['"lighthouse keeper"', '"quiet wooden boat"', '"red dog"']) {
    const { median, note } = await timed(20, () => page({ filter: phrase }))
    report({ what: `page of the phrase ${phrase}`, value: median, unit: 'ms', most: 50, note })
  }
  for (const sort of ['shortest', 'longest', 'suspicious', 'aligned', 'duplicates', 'key']) {
    let after: string | undefined
    const { p95, median, note } = await timed(40, async () => (after = (await page({ sort, ...(after && { after }) })).next))
    report({ what: `page in the order “${sort}”, 95th percentile`, value: p95, unit: 'ms', most: 50, note: `median ${median.toFixed(1)} ms; ${note}` })
    const few = await timed(10, () => page({ sort, filter: 'boat words:<8' }))
    report({ what: 'the same of two conditions, median', value: few.median, unit: 'ms', most: 500, note: few.note })
  }
  for (const way of ['near', 'exact', 'text']) {
    const { median, note } = await timed(10, () => get(`/duplicates?${new URLSearchParams({ way, limit: '20', after: '999999999-0' })}`))
    report({ what: `page of duplicates: ${way}`, value: median, unit: 'ms', most: 500, note: `the list of groups is made before; ${note}` })
  }
  for (const filter of ['boat words:<8', 'kind:alt width:>=1200', 'origin:human words:>5']) {
    const { median, note } = await timed(5, () => get(`/facets?${new URLSearchParams({ filter })}`))
    report({ what: `facets of two conditions: ${filter}`, value: median, unit: 'ms', most: 500, note: `counts capped at 10,000; ${note}` })
  }
} finally {
  server.kill()
  await remove()
}
