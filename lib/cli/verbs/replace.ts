import { datasetByName } from '@/lib/dataset/store'
import { previewReplace, ReplaceInput, runReplace } from '@/lib/review/replace-store'
import { ReviewerName } from '@/lib/review/schema'
import type { Verb } from '../types'
import { counted, many, parsed, required, text, texts } from '../values'

const MARK = { same: (part: string) => part, added: (part: string) => `{+${part}+}`, removed: (part: string) => `[-${part}-]` } as const
const SHOWN = 5

export const replace: Verb = {
  id: 'replace',
  usage: '--dataset <name> --find <text> [--replace <text>] [--regex] [--ignore-case] [--filter <q>] [--kind <k>]… [--reviewer <name> --yes]',
  summary: 'Find and replace in the captions of all that match. Without --yes it shows what would change.',
  options: {
    dataset: { type: 'string' }, find: { type: 'string' }, replace: { type: 'string' }, regex: { type: 'boolean' }, 'ignore-case': { type: 'boolean' }, filter: { type: 'string' },
    kind: { type: 'string', multiple: true }, reviewer: { type: 'string' }, yes: { type: 'boolean' },
  },
  takes: [0, 0],
  notes: ['Every change is an edit beside the text it was made from; nothing is overwritten. Texts of people are left alone.', 'With --regex the pattern is RE2 syntax, and $1 stands for the first group.'],
  async run(_args, values, io) {
    const dataset = await datasetByName(required(values, 'dataset'))
    const kinds = texts(values, 'kind')
    const input = parsed(ReplaceInput, { find: required(values, 'find'), replace: text(values, 'replace'), regex: values.regex === true, ignoreCase: values['ignore-case'] === true, filter: text(values, 'filter'), kinds: kinds.length ? kinds : undefined })
    const reviewer = values.yes === true ? parsed(ReviewerName, required(values, 'reviewer')) : ''
    const preview = await previewReplace(dataset.id, input, io.signal)
    const lines = [
      `${counted(preview.samples, 'sample')} match; ${counted(preview.count, 'caption')} would change`,
      `  ${counted(preview.human, 'caption')} by people left alone, ${many(preview.quarantined)} quarantined and ${many(preview.unfit)} that would not be a caption left out`,
      ...preview.examples.slice(0, SHOWN).map((one) => `  ${one.key}: ${one.diff.map((part) => MARK[part.was](part.text)).join('')}`),
    ]
    if (!reviewer) return { result: { preview }, text: [...lines, 'Nothing was changed. Do it with --yes --reviewer <name>.'].join('\n') }
    const batch = await runReplace({ reviewer }, dataset.id, { ...input, expect: preview.count }, io.signal)
    return { result: { preview, batch }, text: [...lines, `bulk step ${batch.id}: ${many(batch.count)} edited; take it back with: recaption undo --batch ${batch.id} --reviewer ${reviewer}`].join('\n') }
  },
}
