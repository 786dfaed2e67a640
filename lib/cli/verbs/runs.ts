import { datasetByName } from '@/lib/dataset/store'
import { AppError } from '@/lib/errors'
import { guardsTripped, reasonsBeforeAfter, runProgress } from '@/lib/recaption/progress-store'
import { rollBackRun, undoRollBack } from '@/lib/recaption/rollback-store'
import type { RunRow } from '@/lib/recaption/schema'
import { cancelRun, listRuns, pauseRun, resumeRun, retryFailed, runById } from '@/lib/recaption/store'
import { causeLines, follow, progressLine } from '../follow'
import type { Io, Values, Verb } from '../types'
import { counted, many, number, required, text, wrongUse } from '../values'

type Outcome = Awaited<ReturnType<Verb['run']>>
type Act = (run: RunRow, values: Values, io: Io) => Outcome | Promise<Outcome>

const lineOf = (run: RunRow) => `run ${run.id}  ${run.rolledBack ? 'rolled back' : run.status}  ${run.recipe}@${run.recipeVersion} by ${run.captioner}, ${run.model}: ${many(run.done)} written, ${many(run.failed)} failed, ${many(run.skipped)} left as they are${run.why ? `; ${run.why}` : ''}`
const status = (id: number, said: string): Outcome => ({ result: { run: id, status: runById(id).status }, text: `run ${id}: ${said}` })
const conflict = ({ id, status: now }: RunRow, wanted: string) => new AppError('conflict', `Run ${id} is ${now}: there is nothing to ${wanted}.`)

const acts: Readonly<Record<string, Act>> = {
  show(run) {
    const progress = runProgress(run.id)
    const [guards, reasons] = [guardsTripped(run.id), reasonsBeforeAfter(run.id)]
    return {
      result: { run: { ...run, progress, guards, reasons } },
      text: [
        lineOf(run),
        `  ${progressLine(progress)}`,
        ...causeLines(progress),
        ...(progress.kept ? [`  kept only if better: ${many(progress.kept.fresh)} new, ${many(progress.kept.old)} old`] : []),
        ...guards.map(({ rule, count }) => `  guard ${rule}: ${counted(count, 'caption')} held back`),
        ...reasons.map(({ reason, before, after, undecided }) => `  rejected for ${reason}: ${many(before)} before, ${many(after)} again, ${many(undecided)} undecided`),
        ...progress.latest.map(({ key, text: said, quarantined }) => `  ${key}${quarantined ? ' (held back)' : ''}: ${said}`),
      ].join('\n'),
    }
  },
  pause(run) {
    if (!pauseRun(run.id)) throw conflict(run, 'pause')
    return status(run.id, 'paused; calls under way end and are kept')
  },
  resume(run, values, io) {
    if (!resumeRun(run.id, number(values, 'budget', [0, 1e9])) && !['pending', 'running'].includes(run.status)) throw conflict(run, 'resume')
    return follow(run.id, io)
  },
  cancel(run) {
    if (!cancelRun(run.id)) throw conflict(run, 'cancel')
    return status(run.id, 'cancelled; what is written stays')
  },
  retry(run, values, io) {
    if (retryFailed(run.id, text(values, 'cause')) === 0) throw conflict(run, 'retry')
    return follow(run.id, io)
  },
  rollback(run, values) {
    const undone = values.undo === true
    const { batch, captions } = (undone ? undoRollBack : rollBackRun)(required(values, 'reviewer'), run.id)
    return { result: { run: run.id, batch, captions }, text: `run ${run.id}: ${counted(captions, 'caption')} ${undone ? 'back in play' : 'out of play; verdicts are kept, and --undo brings them back'}` }
  },
}

export const runs: Verb = {
  id: 'runs',
  usage: `[${Object.keys(acts).join('|')}] --dataset <name> | --run <id> [--cause <code>] [--budget <n>] [--undo] [--reviewer <name>]`,
  summary: 'List the runs of a dataset; look at one, pause, resume, cancel, retry what failed, or roll it back.',
  options: { dataset: { type: 'string' }, run: { type: 'string' }, cause: { type: 'string' }, budget: { type: 'string' }, undo: { type: 'boolean' }, reviewer: { type: 'string' } },
  takes: [0, 1],
  notes: ['retry takes failed samples up again: those of one --cause, or all.', 'rollback takes the captions of a run out of play in one step; rollback --undo brings them back.'],
  async run([act], values, io) {
    if (act === undefined) {
      const all = listRuns((await datasetByName(required(values, 'dataset'))).id)
      return { result: { runs: all }, text: all.length ? all.map(lineOf).join('\n') : 'There is no run yet.' }
    }
    const asked = acts[act]
    if (!asked) throw wrongUse(`There is no act “${act}”. There are: ${Object.keys(acts).join(', ')}.`)
    const id = number(values, 'run', [1, Number.MAX_SAFE_INTEGER], true)
    if (id === undefined) throw wrongUse('--run is missing.')
    return asked(runById(id), values, io)
  },
}
