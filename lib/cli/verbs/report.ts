import { gainOf, LEAST_PAIRS, type WordGain } from '@/lib/claim/word-store'
import type { DatasetRow } from '@/lib/dataset/schema'
import { datasetByName } from '@/lib/dataset/store'
import { reportCard, type RuleGrade } from '@/lib/review/grade-store'
import { changeSettings } from '@/lib/review/settings'
import { perform } from '../perform'
import type { Verb } from '../types'
import { many, required, text, texts, wrongUse } from '../values'

const shown = (value: number) => value.toFixed(2)

function line(one: RuleGrade, width: number, off: boolean): string {
  const kappa = one.enough && one.kappa !== null && one.kappaInterval ? `; kappa ${shown(one.kappa)} (${shown(one.kappaInterval.low)} to ${shown(one.kappaInterval.high)})${one.kappa < 0 ? ', worse than chance' : ''}, ${many(one.n)} decisions` : one.enough ? '' : `: ${one.n} of 30`
  const found = one.enough && one.recall.value !== null ? `; found ${Math.round(one.recall.value * 100)} % of what is bad (${Math.round(one.recall.low * 100)} % to ${Math.round(one.recall.high * 100)} %, n = ${one.recall.n})` : ''
  return `${one.rule.padEnd(width)}  ${one.words}${found}${kappa}${off ? ' [switched off]' : ''}`
}

const gained = (gain: WordGain | undefined, on: boolean) =>
  gain ? `word model: AUC ${gain.rules.toFixed(3)} without it, ${gain.both.toFixed(3)} with it on ${many(gain.pairs)} pairs, gain ${gain.low.toFixed(3)} to ${gain.high.toFixed(3)}; ${on ? 'on' : 'off'}` : `word model: not measured; it may be used from ${many(LEAST_PAIRS)} pairs on`

async function settle(dataset: DatasetRow, patch: { on: string[]; off: string[]; words?: string }): Promise<DatasetRow> {
  const before = dataset.settings.rulesOff
  const rulesOff = [...new Set([...before.filter((rule) => !patch.on.includes(rule)), ...patch.off])]
  const settled = patch.on.length || patch.off.length ? await changeSettings(dataset, { rulesOff }) : dataset
  return patch.words === 'on' || patch.words === 'off' ? changeSettings(settled, { wordModel: patch.words === 'on' }) : settled
}

export const report: Verb = {
  id: 'report',
  usage: '--dataset <name> [--off <check>]… [--on <check>]… [--word-model measure|on|off]',
  summary: 'Grade every check against people’s own decisions; switch checks off and on.',
  options: { dataset: { type: 'string' }, off: { type: 'string', multiple: true }, on: { type: 'string', multiple: true }, 'word-model': { type: 'string' } },
  takes: [0, 0],
  notes: ['A check is graded from 30 decisions on. Below a kappa of 0 it does worse than chance and is better switched off.', 'The word model is fitted on the dataset’s own alt texts; it may be switched on once its gain is shown.'],
  async run(_args, values, io) {
    const words = text(values, 'word-model')
    if (words !== undefined && !['measure', 'on', 'off'].includes(words)) throw wrongUse('--word-model takes measure, on or off.')
    const found = await datasetByName(required(values, 'dataset'))
    if (words === 'measure') await perform('words', { datasetId: found.id }, io)
    const { id, settings } = await settle(found, { on: texts(values, 'on'), off: texts(values, 'off'), words })
    const rules = reportCard(id)
    const width = Math.max(0, ...rules.map((one) => one.rule.length))
    const gain = gainOf(id)
    return {
      result: { rules, off: settings.rulesOff, wordModel: { on: settings.wordModel, gain: gain ?? null } },
      text: [...(rules.length ? rules.map((one) => line(one, width, settings.rulesOff.includes(one.rule))) : ['No check has raised anything here yet.']), gained(gain, settings.wordModel)].join('\n'),
    }
  },
}
