import { createWriteStream } from 'node:fs'
import { readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { datasetByName } from '@/lib/dataset/store'
import { AppError, messageOf } from '@/lib/errors'
import { exportDecisions, importDecisions } from '@/lib/review/exchange-store'
import { ReviewerName } from '@/lib/review/schema'
import type { Io, Values, Verb } from '../types'
import { counted, many, parsed, required, wrongUse } from '../values'

async function write(file: string, datasetId: number, io: Io) {
  let decisions = 0
  const lines = function* () {
    for (const line of exportDecisions(datasetId)) {
      decisions++
      yield `${line}\n`
    }
  }
  const partial = `${file}.partial`
  try {
    await pipeline(Readable.from(lines()), createWriteStream(partial), { signal: io.signal })
    await rename(partial, file)
  } catch (cause) {
    await rm(partial, { force: true })
    throw new AppError('unavailable', `${file} could not be written: ${messageOf(cause)}.`, { cause })
  }
  return { result: { file, decisions }, text: `${counted(decisions, 'decision')} in ${file}` }
}

async function read(file: string, datasetId: number, values: Values) {
  const reviewer = parsed(ReviewerName, required(values, 'reviewer'))
  const lines = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('not_found', `${file} cannot be read: ${messageOf(cause)}.`, { cause })
  })
  const merged = await importDecisions({ reviewer }, datasetId, lines.split('\n'))
  return {
    result: merged,
    text: [
      `${counted(merged.added, 'decision')} added, ${many(merged.repeated)} known already`,
      ...merged.unknown.map((one) => `  line ${one.line}, ${one.key}: ${one.why}`),
      ...(merged.conflicts.length ? [`${counted(merged.conflicts.length, 'conflict')}; the later decision counts, the other stands in the history:`] : []),
      ...merged.conflicts.map((one) => `  ${one.key}${one.kind ? ` ${one.kind}` : ''}: ${one.ours.reviewer} ${one.ours.decision}, ${one.theirs.reviewer} ${one.theirs.decision}: ${one.kept === 'ours' ? one.ours.reviewer : one.theirs.reviewer}’s counts`),
    ].join('\n'),
  }
}

export const decisions: Verb = {
  id: 'decisions',
  usage: 'export|import <file> --dataset <name> [--reviewer <name>]',
  summary: 'Carry decisions to another machine, or merge those of one.',
  options: { dataset: { type: 'string' }, reviewer: { type: 'string' } },
  takes: [2, 2],
  notes: ['A line of JSON a decision. Samples are known by key, captions by kind and text. Reading a file twice adds nothing; conflicts are listed.'],
  async run([way, name], values, io) {
    if (way !== 'export' && way !== 'import') throw wrongUse(`“${way}” is neither export nor import.`)
    const { id } = await datasetByName(required(values, 'dataset'))
    return way === 'export' ? write(path.resolve(name), id, io) : read(path.resolve(name), id, values)
  },
}
