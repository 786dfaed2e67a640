import { datasetByName } from '@/lib/dataset/store'
import { BulkInput, previewBulk, runBulk } from '@/lib/review/bulk-store'
import { BULK_ACTS } from '@/lib/review/bulk'
import { ReviewerName } from '@/lib/review/schema'
import type { Verb } from '../types'
import { counted, many, number, parsed, required, text, texts } from '../values'

export const bulk: Verb = {
  id: 'bulk',
  usage: `--dataset <name> --act ${BULK_ACTS.join('|')} [--filter <q>] [--kind <k>]… [--model <m>] [--run <id>] [--reason <id>]… [--note <t>] [--reviewer <name> --yes]`,
  summary: 'Decide on all that match, in one step. Without --yes it only counts.',
  options: {
    dataset: { type: 'string' }, act: { type: 'string' }, filter: { type: 'string' }, kind: { type: 'string', multiple: true }, model: { type: 'string' }, run: { type: 'string' },
    reason: { type: 'string', multiple: true }, note: { type: 'string' }, reviewer: { type: 'string' }, yes: { type: 'boolean' },
  },
  takes: [0, 0],
  notes: [
    'Texts of people are left alone, and quarantined captions are never approved in bulk.',
    'All or nothing; `recaption undo` takes the whole step back. To recaption all that match: recaption run --filter <q>.',
  ],
  async run(_args, values, io) {
    const dataset = await datasetByName(required(values, 'dataset'))
    const kinds = texts(values, 'kind')
    const input = parsed(BulkInput, {
      act: required(values, 'act'),
      filter: text(values, 'filter'),
      kinds: kinds.length ? kinds : undefined,
      model: text(values, 'model'),
      runId: number(values, 'run', [1, Number.MAX_SAFE_INTEGER], true),
      reasons: texts(values, 'reason'),
      note: text(values, 'note'),
    })
    const reviewer = values.yes === true ? parsed(ReviewerName, required(values, 'reviewer')) : ''
    const preview = await previewBulk(dataset.id, input, io.signal)
    const lines = [
      `${counted(preview.samples, 'sample')} match; ${counted(preview.count, 'decision')} to ${input.act}`,
      `  ${counted(preview.human, 'caption')} by people left alone, ${counted(preview.quarantined, 'quarantined caption')} left out`,
    ]
    if (!reviewer) return { result: { preview }, text: [...lines, 'Nothing was changed. Do it with --yes --reviewer <name>.'].join('\n') }
    const batch = await runBulk({ reviewer }, dataset.id, { ...input, expect: preview.count }, io.signal)
    return { result: { preview, batch }, text: [...lines, `bulk step ${batch.id}: ${many(batch.count)} done; take it back with: recaption undo --batch ${batch.id} --reviewer ${reviewer}`].join('\n') }
  },
}
