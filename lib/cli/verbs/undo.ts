import { datasetByName } from '@/lib/dataset/store'
import { redoBatch, undoBatch } from '@/lib/review/run'
import { ReviewerName } from '@/lib/review/schema'
import { redoLast, undoLast } from '@/lib/review/step-store'
import type { Verb } from '../types'
import { counted, number, parsed, required } from '../values'

const WAYS = {
  undo: { summary: 'Take back a reviewer’s last step, or one bulk step.', done: 'taken back', last: undoLast, batch: undoBatch },
  redo: { summary: 'Put back what was taken back last, or one bulk step.', done: 'put back', last: redoLast, batch: redoBatch },
} as const

function stepVerb(id: keyof typeof WAYS): Verb {
  const way = WAYS[id]
  return {
    id,
    usage: '--reviewer <name> (--dataset <name> | --batch <id>)',
    summary: way.summary,
    options: { dataset: { type: 'string' }, reviewer: { type: 'string' }, batch: { type: 'string' } },
    takes: [0, 0],
    async run(_args, values) {
      const actor = { reviewer: parsed(ReviewerName, required(values, 'reviewer')) }
      const batchId = number(values, 'batch', [1, Number.MAX_SAFE_INTEGER], true)
      const turned = batchId === undefined ? await way.last(actor, (await datasetByName(required(values, 'dataset'))).id) : { batch: await way.batch(actor, batchId) }
      if ('batch' in turned) return { result: turned, text: `bulk step ${turned.batch.rootId ?? turned.batch.id}: ${counted(turned.batch.count, 'decision')} ${way.done}` }
      const { caption, sample } = turned.decision
      return { result: turned, text: caption ? `caption ${caption.id} is ${caption.standing} again` : `sample ${sample.id} is ${sample.dropped ? 'dropped' : 'kept'} again` }
    },
  }
}

export const undo = stepVerb('undo')
export const redo = stepVerb('redo')
