import { datasetByName } from '@/lib/dataset/store'
import { encodersReady } from '@/lib/caption/encoders'
import { publicSample } from '@/lib/sample/public'
import { PageQuery } from '@/lib/sample/schema'
import { samplePage } from '@/lib/sample/store'
import type { Verb } from '../types'
import { number, required, text, wrongUse } from '../values'

export const samples: Verb = {
  id: 'samples',
  usage: '--dataset <name> [--filter <q>] [--sort <order>] [--limit 1..1000] [--after <cursor>]',
  summary: 'List samples with their captions and flags, a page at a time.',
  options: { dataset: { type: 'string' }, filter: { type: 'string' }, sort: { type: 'string' }, limit: { type: 'string' }, after: { type: 'string' } },
  takes: [0, 0],
  notes: ['A filter is words and fields: dog "red car" kind:alt words:<4 flag:url standing:pending -dropped:yes', 'Pass “next” of one page as --after to get the following one.'],
  async run(_args, values) {
    const dataset = await datasetByName(required(values, 'dataset'))
    const query = PageQuery.safeParse({ filter: text(values, 'filter'), sort: text(values, 'sort'), after: text(values, 'after'), limit: number(values, 'limit', [1, 1000], true) ?? 100 })
    if (!query.success) throw wrongUse(query.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`).join('; '))
    const page = samplePage({ datasetId: dataset.id, ...query.data })
    await encodersReady()
    const list = page.samples.map(publicSample)
    const lines = list.flatMap((sample) => [
      `${sample.key}${sample.dropped ? '  (dropped)' : ''}`,
      ...sample.captions.map((caption) => `  ${caption.kind} ${caption.standing} #${caption.id}: ${caption.text.slice(0, 200)}`),
      ...sample.flags.map((flag) => `  flag ${flag.rule}: ${flag.evidence}`),
    ])
    return { result: { samples: list, ...(page.next ? { next: page.next } : {}) }, text: [...lines, ...(page.next ? [`more: --after ${page.next}`] : [])].join('\n') || 'No sample matches.' }
  },
}
