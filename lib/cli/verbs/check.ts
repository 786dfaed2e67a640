import { datasetByName } from '@/lib/dataset/store'
import { AppError } from '@/lib/errors'
import { checkAll } from '../check'
import { checkByModel, chosenModel } from '../claims'
import type { Verb } from '../types'
import { required, text, wrongUse } from '../values'

const many = (count: number) => count.toLocaleString('en')

export const check: Verb = {
  id: 'check',
  usage: '--dataset <name> [--filter <q>] [--claims <captioner> [--model <m>] [--only claims|verify] [--price <in>:<out>] [--budget <n>] [--yes]]',
  summary: 'Run every rule, and look at every picture, for reasons to look.',
  options: { dataset: { type: 'string' }, filter: { type: 'string' }, claims: { type: 'string' }, model: { type: 'string' }, only: { type: 'string' }, price: { type: 'string' }, budget: { type: 'string' }, yes: { type: 'boolean' } },
  takes: [0, 0],
  notes: [
    '--claims has a model split each caption into claims and answer them against its picture, after the checks that need none.',
    'Without --yes it only says what would be asked. Stopped or out of budget, the same command goes on; no answer is paid for twice.',
  ],
  async run(_args, values, io) {
    const dataset = await datasetByName(required(values, 'dataset'))
    const chosen = text(values, 'claims') === undefined ? undefined : chosenModel(values)
    if (chosen && text(values, 'filter') !== undefined) throw wrongUse('--claims asks about the whole dataset; leave --filter out.')
    if (chosen && values.yes !== true) return checkByModel(dataset, chosen, false, io)
    const checked = await checkAll(dataset, { filter: text(values, 'filter'), signal: io.signal, onProgress: (line) => io.progress('check', line) })
    if (io.signal.aborted) throw new AppError('unavailable', 'Stopped. What was found is kept; the same command goes on.')
    const said = `${many(checked.checked)} samples checked, ${many(checked.flagged)} flagged, ${many(checked.misaligned)} with a misaligned alt text, ${many(checked.broken + checked.missing)} pictures broken or missing, ${many(checked.duplicates)} samples with a near-duplicate`
    if (!chosen) return { result: checked, text: said }
    const asked = await checkByModel(dataset, chosen, true, io)
    return { result: { ...checked, ...asked.result }, text: `${said}\n${asked.text}` }
  },
}
