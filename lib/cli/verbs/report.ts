import { datasetByName } from '@/lib/dataset/store'
import { reportCard } from '@/lib/review/grade-store'
import type { Verb } from '../types'
import { many, required } from '../values'

export const report: Verb = {
  id: 'report',
  usage: '--dataset <name>',
  summary: 'Grade every check against people’s own decisions.',
  options: { dataset: { type: 'string' } },
  takes: [0, 0],
  notes: ['A check is graded from 30 decisions on. Below a kappa of 0 it does worse than chance and is better switched off.'],
  async run(_args, values) {
    const dataset = await datasetByName(required(values, 'dataset'))
    const rules = reportCard(dataset.id)
    const width = Math.max(0, ...rules.map((one) => one.rule.length))
    return {
      result: { rules, off: dataset.settings.rulesOff },
      text: rules.map((one) => `${one.rule.padEnd(width)}  ${one.words}${one.enough && one.kappa !== null ? `; kappa ${one.kappa.toFixed(2)}${one.kappa < 0 ? ', worse than chance' : ''}, ${many(one.n)} decisions` : ''}`).join('\n') || 'No check has raised anything here yet.',
    }
  },
}
