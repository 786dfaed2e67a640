// Pages, phrases and counted filters over HTTP: `tsx scripts/bench/pages.ts [samples]`. The built app answers, as it
// does for a browser; a door that does next to nothing is the framework's own share of these figures.
import { freshHome } from '@/lib/testing'
import { prepare } from '../prepare.mjs'
import { builtApp } from './built-app'
import { report, spread } from './result'

const samples = Number(process.argv[2] ?? 1_000_000)
const { home, remove } = await freshHome()
const { manySamples } = await import('./many-samples')
const dataset = await manySamples('bench', samples)
// Every alt text has a score; three pictures of a hundred look alike.
const { bulk } = await import('@/lib/db')
bulk().exec(`INSERT INTO Score (captionId, metric, version, value) SELECT id, 'alignment', 1, (id * 7919 % 100003) / 10000.0 - 5 FROM Caption WHERE datasetId = ${dataset} ORDER BY id;
  UPDATE Sample SET groupId = id - id % 100 WHERE datasetId = ${dataset} AND id % 100 < 3 AND id >= 100`)
await prepare({ app: true })
const { base, stop } = await builtApp(home)

type Page = { samples: unknown[]; next?: string }
async function get<T>(path: string): Promise<T> {
  const answer = await fetch(`${base}/api/v1${path}`)
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}
const page = (query: Record<string, string>) => get<Page>(`/datasets/bench/samples?${new URLSearchParams({ limit: '50', ...query })}`)
const cursorAt = (share: number) => Buffer.from(JSON.stringify([Math.floor(samples * share), Math.floor(samples * share)])).toString('base64url')

async function timed(runs: number, ask: (i: number) => Promise<unknown>): Promise<{ median: number; p95: number }> {
  await ask(0)
  const times: number[] = []
  for (let i = 0; i < runs; i++) {
    const from = performance.now()
    await ask(i)
    times.push(performance.now() - from)
  }
  return spread(times)
}

try {
  const bare = await timed(200, () => get('/formats'))
  const walk = await timed(200, (i) => page({ after: cursorAt(((i * 37) % 95) / 100) }))
  report({ what: 'page by key, median', value: walk.median, unit: 'ms', most: 20, note: `the built app; a door that lists the formats takes ${bare.median.toFixed(1)} ms` })
  report({ what: 'page by key, 95th percentile', value: walk.p95, unit: 'ms', most: 50 })
  const [first, deep] = [await timed(100, () => page({})), await timed(100, () => page({ after: cursorAt(0.9) }))]
  report({ what: 'page at 90 % depth', value: deep.median / first.median, unit: '×', most: 1.5, floor: `first page ${first.median.toFixed(1)} ms` })
  for (const phrase of ['"lighthouse keeper"', '"quiet wooden boat"', '"red dog"']) {
    const { median } = await timed(20, () => page({ filter: phrase }))
    report({ what: `page of the phrase ${phrase}`, value: median, unit: 'ms', most: 50 })
  }
  for (const sort of ['shortest', 'longest', 'suspicious', 'aligned', 'duplicates', 'key']) {
    let after: string | undefined
    const { p95, median } = await timed(40, async () => (after = (await page({ sort, ...(after && { after }) })).next))
    report({ what: `page in the order “${sort}”, 95th percentile`, value: p95, unit: 'ms', most: 50, note: `median ${median.toFixed(1)} ms` })
    const few = await timed(10, () => page({ sort, filter: 'boat words:<8' }))
    report({ what: 'the same of two conditions, median', value: few.median, unit: 'ms', most: 500 })
  }
  for (const way of ['near', 'exact', 'text']) {
    const { median } = await timed(10, () => get(`/datasets/bench/duplicates?${new URLSearchParams({ way, limit: '20', after: '999999999-0' })}`))
    report({ what: `page of duplicates: ${way}`, value: median, unit: 'ms', most: 500, note: 'the list of groups is made before' })
  }
  for (const filter of ['boat words:<8', 'kind:alt width:>=1200', 'origin:human words:>5']) {
    const { median } = await timed(5, () => get(`/datasets/bench/facets?${new URLSearchParams({ filter })}`))
    report({ what: `facets of two conditions: ${filter}`, value: median, unit: 'ms', most: 500, note: 'counts capped at 10,000' })
  }
} finally {
  stop()
  await remove()
}
