import { countTokens } from '@/lib/caption/count-tokens'
import path from 'node:path'
import { ZodError } from 'zod'
import { datasetByName } from '@/lib/dataset/store'
import { AppError, messageOf } from '@/lib/errors'
import { checkDataset } from '@/lib/flag/run'
import { importNow } from '@/lib/import/run'
import { ImportRequest, parseCaptionMapping } from '@/lib/import/schema'
import { enqueue } from '@/lib/job/store'
import type { Verb } from '../types'
import { required, text, texts, wrongUse } from '../values'

/** Up to so many new samples the rules run before the command ends; more wait for `check`, which says how far it is. */
const CHECKED_AT_ONCE = 20_000

function mappings(given: readonly string[]) {
  try {
    return given.map(parseCaptionMapping)
  } catch (cause) {
    const why = cause instanceof ZodError ? cause.issues.map((issue) => issue.message).join('; ') : messageOf(cause)
    throw wrongUse(`--caption is written column[:kind[:origin[:model]]]: ${why}.`)
  }
}

export const importVerb: Verb = {
  id: 'import',
  usage: '<source> --dataset <name> [--format <id>] [--image <column>] [--caption <column>[:<kind>[:<origin>[:<model>]]]]… [--key <column>] [--separator line|<text>] [--copy]',
  summary: 'Read a folder, archive or table into a dataset.',
  options: { dataset: { type: 'string' }, format: { type: 'string' }, image: { type: 'string' }, key: { type: 'string' }, caption: { type: 'string', multiple: true }, separator: { type: 'string' }, copy: { type: 'boolean' } },
  takes: [1, 1],
  notes: ['The folder of the source becomes one from which pictures may be read. Bad rows are listed as problems and the rest is imported; the same import again adds nothing.', 'A caption file is one caption; --separator parts it into several, by line or by a text of your own.'],
  async run([source], values, io) {
    const captions = mappings(texts(values, 'caption'))
    const request = ImportRequest.safeParse({
      source: path.resolve(source),
      dataset: required(values, 'dataset'),
      format: text(values, 'format'),
      image: text(values, 'image'),
      key: text(values, 'key'),
      separator: text(values, 'separator') === 'line' ? '\n' : text(values, 'separator'),
      captions: captions.length ? captions : undefined,
      copy: values.copy === true,
    })
    if (!request.success) throw wrongUse(request.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '))
    const result = await importNow(request.data, { trusted: true, signal: io.signal, onProgress: (at) => io.progress('import', `${at.stage}: ${at.read.toLocaleString('en')} read, ${at.added.toLocaleString('en')} added, ${at.problems.toLocaleString('en')} problems`) })
    if (io.signal.aborted) throw new AppError('unavailable', 'Stopped. The same command goes on from there.')
    const dataset = await datasetByName(result.dataset)
    if (result.added > 0 && result.added <= CHECKED_AT_ONCE) {
      await checkDataset(dataset, { signal: io.signal, filter: `import:${result.importId}`, onProgress: (at) => io.progress('check', `checking: ${at.checked.toLocaleString('en')}, ${at.flagged.toLocaleString('en')} flagged`) })
      await countTokens(dataset.id, io.signal)
    } else if (result.added > 0) enqueue('check', { datasetId: dataset.id })
    return {
      result: { dataset: result.dataset, added: result.added, skipped: result.skipped, captions: result.captions, problems: result.problems },
      text: [
        `${result.dataset}: ${result.added.toLocaleString('en')} samples added, ${result.skipped.toLocaleString('en')} known, ${result.problemCount.toLocaleString('en')} problems`,
        ...result.problems.slice(0, 20).map((problem) => `  ${problem.path}${problem.line ? `:${problem.line}` : ''}: ${problem.why}`),
        ...(result.problemCount > 20 ? [`  and ${(result.problemCount - 20).toLocaleString('en')} more; --json lists them`] : []),
        ...(result.added > CHECKED_AT_ONCE ? ['The rules have not run yet: recaption check, or a running desk, does that.'] : []),
      ].join('\n'),
    }
  },
}
