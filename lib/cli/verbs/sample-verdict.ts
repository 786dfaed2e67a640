import { datasetByName } from '@/lib/dataset/store'
import { SampleVerdictInput, type SampleDecision } from '@/lib/review/schema'
import { decideSample } from '@/lib/review/store'
import { sampleByKey } from '@/lib/sample/store'
import type { Verb } from '../types'
import { required, text, texts, wrongUse } from '../values'

function sampleVerb(id: SampleDecision, summary: string): Verb {
  return {
    id,
    usage: '--dataset <name> --sample <key> [--reason <id>]… [--note <t>] --reviewer <name>',
    summary,
    options: { dataset: { type: 'string' }, sample: { type: 'string' }, reason: { type: 'string', multiple: true }, note: { type: 'string' }, reviewer: { type: 'string' } },
    takes: [0, 0],
    async run(_args, values) {
      const dataset = await datasetByName(required(values, 'dataset'))
      const key = required(values, 'sample')
      const input = SampleVerdictInput.safeParse({ decision: id, reasons: texts(values, 'reason'), note: text(values, 'note'), reviewer: required(values, 'reviewer') })
      if (!input.success) throw wrongUse(input.error.issues.map((issue) => `--${issue.path[0] === 'reasons' ? 'reason' : issue.path.join('.')}: ${issue.message}`).join('; '))
      const { reviewer, ...given } = input.data
      const decided = await decideSample({ reviewer }, sampleByKey(dataset.id, key).id, given)
      return { result: { sample: { key, ...decided.sample }, verdict: decided.verdict }, text: `${key}: ${id === 'flag' || id === 'unflag' ? id + 'ged' : decided.sample.dropped ? 'dropped' : 'kept'}` }
    },
  }
}

export const flag = sampleVerb('flag', 'Flag a sample’s alt text, so that people look at it.')
export const unflag = sampleVerb('unflag', 'Take a person’s flag back.')
export const drop = sampleVerb('drop', 'Leave a sample out of every release.')
export const keep = sampleVerb('keep', 'Take a dropped sample back in.')
