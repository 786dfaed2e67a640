import { Kind } from '@/lib/caption/schema'
import { datasetByName } from '@/lib/dataset/store'
import { decideConflict, sidecarConflicts, writeBack } from '@/lib/import/sync'
import type { Verb } from '../types'
import { counted, many, parsed, required, text, wrongUse } from '../values'

const shown = (value: string | undefined) => (value === undefined ? '(gone)' : JSON.stringify(value.slice(0, 120)))

export const sync: Verb = {
  id: 'sync',
  usage: '--dataset <name> [--take theirs|ours] [--write [--kind <kind>]]',
  summary: 'Compare with the caption files the data came from; write decided captions back.',
  options: { dataset: { type: 'string' }, take: { type: 'string' }, write: { type: 'boolean' }, kind: { type: 'string' } },
  takes: [0, 0],
  notes: ['Without --take and --write it only lists files that changed since they were read. --take decides all of them; --write writes approved captions, never over a file that changed since.'],
  async run(_args, values, io) {
    const { id } = await datasetByName(required(values, 'dataset'))
    const take = text(values, 'take')
    if (take !== undefined && take !== 'theirs' && take !== 'ours') throw wrongUse(`--take is theirs or ours; “${take}” is neither.`)
    const kind = parsed(Kind, text(values, 'kind') ?? 'alt')
    const found = await sidecarConflicts(id, kind)
    const decided = take ? found.filter((conflict) => conflict.theirs !== undefined) : []
    if (take) for (const conflict of decided) await decideConflict(conflict.id, take)
    const written = values.write === true ? await writeBack(id, { kind, signal: io.signal }) : undefined
    const conflicts = written?.conflicts ?? found.filter((conflict) => !decided.includes(conflict))
    const lines = [`${counted(conflicts.length, 'caption file')} changed since`, ...conflicts.slice(0, 20).map((one) => `  ${one.path}\n    file:    ${shown(one.theirs)}\n    dataset: ${shown(one.ours)}`)]
    if (take) lines.unshift(`${counted(decided.length, 'conflict')} decided: ${take}`)
    if (written) lines.unshift(`${many(written.written)} written, ${many(written.unchanged)} the same already, ${many(written.undecided)} without an approved caption`)
    return { result: { conflicts, ...(take && { decided: decided.length }), ...(written && { written: written.written, unchanged: written.unchanged, undecided: written.undecided }) }, text: lines.join('\n') }
  },
}
