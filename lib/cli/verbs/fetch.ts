import { datasetByName } from '@/lib/dataset/store'
import { failedFetches, fetchState, forgetFailures } from '@/lib/media/fetch-store'
import type { Verb } from '../types'
import { perform } from '../perform'
import { counted, many, required } from '../values'

const LISTED = 10_000

export const fetchVerb: Verb = {
  id: 'fetch',
  usage: '--dataset <name> [--again]',
  summary: 'Fetch every picture that stands behind a URL, and keep it.',
  options: { dataset: { type: 'string' }, again: { type: 'boolean' } },
  takes: [0, 0],
  notes: ['Private addresses found in data are never asked. What cannot be reached now is tried again the next time; what failed for good only with --again.'],
  async run(_args, values, io) {
    const { id } = await datasetByName(required(values, 'dataset'))
    const before = fetchState(id)
    if (values.again === true) forgetFailures(id)
    const look = () => {
      const now = fetchState(id)
      io.progress('fetch', `fetching pictures: ${many(now.fetched)} here, ${many(now.waiting)} to go, ${many(now.failed)} failed`)
    }
    if (before.waiting + before.failed > 0) await perform('fetch', { datasetId: id }, io, look)
    const after = fetchState(id)
    const failures = failedFetches(id, 0, LISTED)
    return {
      result: { ...after, failures },
      text: [`${counted(after.fetched, 'picture')} here, ${many(after.waiting)} could not be reached yet, ${many(after.failed)} failed`, ...failures.slice(0, 20).map((one) => `  ${one.key}  ${one.url}: ${one.why}`), ...(failures.length > 20 ? [`  … all with --json`] : [])].join('\n'),
    }
  },
}
