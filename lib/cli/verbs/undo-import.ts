import { datasetByName } from '@/lib/dataset/store'
import { importById, importsOf } from '@/lib/import/store'
import { undoImport as takeBack } from '@/lib/import/undo'
import type { Verb } from '../types'
import { counted, number, required } from '../values'

export const undoImport: Verb = {
  id: 'undo-import',
  usage: '(--import <id> | --dataset <name>)',
  summary: 'Take an import back whole, or list the imports of a dataset.',
  options: { dataset: { type: 'string' }, import: { type: 'string' } },
  takes: [0, 0],
  notes: ['Refused when people have decided about its samples, or runs have captioned them.'],
  async run(_args, values) {
    const id = number(values, 'import', [1, Number.MAX_SAFE_INTEGER], true)
    if (id === undefined) {
      const imports = importsOf((await datasetByName(required(values, 'dataset'))).id).map(({ id, source, format, status, added, problems, createdAt }) => ({ id, source, format, status, added, problems, createdAt }))
      return { result: { imports }, text: imports.map((one) => `import ${one.id}: ${one.source}, ${counted(one.added, 'sample')} added, ${counted(one.problems, 'problem')}, ${one.status}`).join('\n') || 'No imports.' }
    }
    const { source } = importById(id)
    const { removed } = await takeBack(id)
    return { result: { import: id, removed }, text: `import ${id} of ${source}: ${counted(removed, 'sample')} taken back` }
  },
}
