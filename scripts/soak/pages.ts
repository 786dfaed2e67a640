// The page by key must not slow down with the dataset: `tsx scripts/soak/pages.ts [few] [many]`, 10,000,000 for `npm run soak`.
import { spread } from '../bench/result'
import { freshHome } from '@/lib/testing'

const [few, many] = [Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 10_000_000)]
const { remove } = await freshHome()
const { manySamples } = await import('../bench/many-samples')
const { samplePage } = await import('@/lib/sample/store')
const { endsOf } = await import('@/lib/sample/match-store')

async function pageTime(name: string, count: number): Promise<number> {
  const datasetId = await manySamples(name, count, false)
  const { low = 0, high = 0 } = endsOf(datasetId) ?? {}
  const times = Array.from({ length: 500 }, (_, i) => {
    const after = Buffer.from(JSON.stringify([low + Math.floor(((high - low) * ((i * 37) % 95)) / 100), low + Math.floor(((high - low) * ((i * 37) % 95)) / 100)])).toString('base64url')
    const from = performance.now()
    if (samplePage({ datasetId, limit: 50, after }).samples.length !== 50) throw new Error('a page is not full')
    return performance.now() - from
  })
  return spread(times.slice(50)).median
}

const small = await pageTime('few', few)
const large = await pageTime('many', many)
const ratio = large / small
console.log(JSON.stringify({ soak: 'page by key', few, many, fewMs: +small.toFixed(2), manyMs: +large.toFixed(2), ratio: +ratio.toFixed(2), most: 2 }))
await remove()
process.exit(ratio <= 2 ? 0 : 1)
