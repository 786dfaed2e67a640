import { datasetByName } from '@/lib/dataset/store'
import { AppError } from '@/lib/errors'
import { checkAll } from '../check'
import type { Verb } from '../types'
import { required, text } from '../values'

export const check: Verb = {
  id: 'check',
  usage: '--dataset <name> [--filter <q>]',
  summary: 'Run every rule, and look at every picture, for reasons to look.',
  options: { dataset: { type: 'string' }, filter: { type: 'string' } },
  takes: [0, 0],
  async run(_args, values, io) {
    const dataset = await datasetByName(required(values, 'dataset'))
    const checked = await checkAll(dataset, { filter: text(values, 'filter'), signal: io.signal, onProgress: (line) => io.progress('check', line) })
    if (io.signal.aborted) throw new AppError('unavailable', 'Stopped. What was found is kept; the same command goes on.')
    return { result: checked, text: `${checked.checked.toLocaleString('en')} samples checked, ${checked.flagged.toLocaleString('en')} flagged, ${checked.misaligned.toLocaleString('en')} with a misaligned alt text, ${(checked.broken + checked.missing).toLocaleString('en')} pictures broken or missing, ${checked.duplicates.toLocaleString('en')} samples with a near-duplicate` }
  },
}
