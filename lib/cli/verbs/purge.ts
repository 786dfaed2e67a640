import { datasetByName } from '@/lib/dataset/store'
import { purge as removeForGood } from '@/lib/review/purge-store'
import { ReviewerName } from '@/lib/review/schema'
import { sampleByKey } from '@/lib/sample/store'
import type { Verb } from '../types'
import { counted, parsed, required } from '../values'

export const purge: Verb = {
  id: 'purge',
  usage: '--dataset <name> --sample <key> --reason <text> --reviewer <name> [--everywhere] [--yes]',
  summary: 'Remove a sample and its bytes for good, where rights demand it.',
  options: { dataset: { type: 'string' }, sample: { type: 'string' }, reason: { type: 'string' }, reviewer: { type: 'string' }, everywhere: { type: 'boolean' }, yes: { type: 'boolean' } },
  takes: [0, 0],
  notes: ['It cannot be undone. A tombstone without its content stays, so that an import does not bring it back.', '--everywhere removes all samples with the same picture, in all datasets.'],
  async run(_args, values) {
    const dataset = await datasetByName(required(values, 'dataset'))
    const key = required(values, 'sample')
    const reason = required(values, 'reason')
    const reviewer = parsed(ReviewerName, required(values, 'reviewer'))
    if (values.yes !== true) {
      const { captions } = sampleByKey(dataset.id, key)
      return { result: { key, captions: captions.length }, text: `${key} with ${counted(captions.length, 'caption')} would be removed for good. Nothing was changed. Do it with --yes.` }
    }
    const done = await removeForGood({ reviewer }, dataset.id, key, { reason, everywhere: values.everywhere === true })
    return {
      result: done,
      text: [
        `${counted(done.tombstones.length, 'sample')} removed for good, with ${counted(done.files, 'file')}`,
        ...done.shared.map((one) => `  the picture stays: ${one.key} of dataset ${one.datasetId} uses it too`),
        ...done.left.map((file) => `  not ours to remove: ${file}`),
        ...done.releases.map((one) => `  release ${one.id} may hold it: ${one.path}`),
      ].join('\n'),
    }
  },
}
