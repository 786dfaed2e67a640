import { captionById } from '@/lib/caption/store'
import { VerdictInput } from '@/lib/review/schema'
import { decideCaption } from '@/lib/review/store'
import type { Verb } from '../types'
import { number, required, text, texts, wrongUse } from '../values'

export const verdict: Verb = {
  id: 'verdict',
  usage: '--caption <id> approve|reject|edit [--reason <id>]… [--note <t>] [--text <t>] [--version <n>] --reviewer <name>',
  summary: 'Decide on one caption.',
  options: { caption: { type: 'string' }, reason: { type: 'string', multiple: true }, note: { type: 'string' }, text: { type: 'string' }, version: { type: 'string' }, reviewer: { type: 'string' } },
  takes: [1, 1],
  notes: ['Without --version the decision is about the caption as it stands now.'],
  async run([decision], values) {
    required(values, 'caption')
    const id = number(values, 'caption', [1, Number.MAX_SAFE_INTEGER], true) ?? 0
    const input = VerdictInput.safeParse({
      decision,
      reasons: texts(values, 'reason'),
      note: text(values, 'note'),
      text: text(values, 'text'),
      reviewer: required(values, 'reviewer'),
      version: number(values, 'version', [0, Number.MAX_SAFE_INTEGER], true) ?? captionById(id).version,
    })
    if (!input.success) throw wrongUse(input.error.issues.map((issue) => `${issue.path.join('.') || 'decision'}: ${issue.message}`).join('; '))
    const { reviewer, ...given } = input.data
    const decided = await decideCaption({ reviewer }, id, given)
    return {
      result: { caption: decided.caption, verdict: decided.verdict, ...(decided.made ? { made: decided.made } : {}) },
      text: `caption ${id}: ${decided.caption?.standing ?? ''}${decided.made ? `; the edit is caption ${decided.made.id}` : ''}`,
    }
  },
}
