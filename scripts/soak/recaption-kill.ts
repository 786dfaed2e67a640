import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freshHome } from '@/lib/testing'
import type { Fault } from '@/lib/captioner/endpoint-faults'

/** Planted as the key; it must be found nowhere afterwards. */
export const CANARY = 'sk-CANARY7f3a9c51e2'
const WORKER = fileURLToPath(new URL('./recaption-worker.ts', import.meta.url))
/** What goes wrong, each in turn, with every fifth call. A worker that waits for a deadline is as good a target as any. */
const FAULTS: readonly Fault[] = ['429', '500', 'reset', '429-after', '401', 'half', '503', 'huge', 'bad-json', 'trickle', 'html', 'empty-choices', 'length', 'null', '502', 'content_filter', 'filtered-empty', 'empty-text', 'redirect', '400', 'hang', 'refusal', 'empty-object', '429-date']

export type Outcome = {
  samples: number
  kills: number
  calls: number
  faults: number
  /** calls under way at the moments of the kills */
  cut: number
  done: number
  failed: number
  /** items in any other state, or failed without a reason */
  open: number
  captions: number
  /** samples with two captions of the run */
  twice: number
  /** captions whose text is no stored answer */
  unstored: number
  /** questions that were asked again although their answer was stored and good */
  paidAgain: number
  /** files and logs in which the key was found */
  leaks: string[]
  /** bytes that reached another origin */
  elsewhere: number
  integrity: string
  resumes: number
  seconds: number
}

const filesBelow = (folder: string): string[] => readdirSync(folder, { withFileTypes: true, recursive: true }).filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name))

/** Runs over `samples` pictures against an endpoint that misbehaves, while the worker is killed `kills` times at random moments. */
export async function killing({ samples, kills, concurrency = 8, say = () => {} }: { samples: number; kills: number; concurrency?: number; say?: (line: string) => void }): Promise<Outcome> {
  const begun = Date.now()
  const { startEndpoint } = await import('@/lib/captioner/endpoint-server')
  const perFault = new Map<string, number>()
  let turn = 0
  let faults = 0
  const server = await startEndpoint({
    latencyMs: 20,
    schedule: ({ n, id, before }) => {
      // One quota fault late in the run holds it, as it should; the harness resumes, as a person would.
      const fault: Fault | undefined = n === Math.round(samples * 0.7) ? 'quota' : n % 5 === 0 && before < 2 ? FAULTS[turn++ % FAULTS.length] : undefined
      if (fault && fault !== 'length') {
        faults++
        perFault.set(id, (perFault.get(id) ?? 0) + 1)
      }
      return fault
    },
  })
  const { home, remove } = await freshHome()
  const { seedDataset } = await import('@/lib/recaption/testing')
  const { saveCaptioner } = await import('@/lib/captioner/store')
  const { CaptionerInput } = await import('@/lib/captioner/schema')
  const { requestRun } = await import('@/lib/recaption/start')
  const { resumeRun } = await import('@/lib/recaption/store')
  const { runProgress } = await import('@/lib/recaption/progress-store')
  const { bulk } = await import('@/lib/db')
  await seedDataset('killed', samples)
  await saveCaptioner(CaptionerInput.parse({ captioner: 'local', label: 'Local', baseUrl: server.baseURL, model: 'test-model', concurrency, timeoutMs: 1500 }), CANARY)
  const { run } = await requestRun({ dataset: 'killed', recipe: 'short', captioner: 'local' })

  let logs = ''
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(process.execPath, ['--import', 'tsx', WORKER], { env: { ...process.env, RECAPTION_HOME: home, LOG_LEVEL: 'debug' }, stdio: ['ignore', 'pipe', 'pipe'] })
    child.stderr.on('data', (text: Buffer) => (logs += text.toString()))
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
    return child
  }
  let cut = 0
  let killed = 0
  let resumes = 0
  const gap = () => Math.random() * 1.6 * (samples / kills)
  let child = await start()
  let next = gap()
  for (;;) {
    const state = runProgress(run)
    if (state.status === 'done' || state.status === 'failed') break
    if (child.exitCode !== null) throw new Error(`the worker ended by itself: ${logs.slice(-2000)}`)
    if (state.status === 'paused' && resumeRun(run)) resumes++
    const ended = state.done + state.failed
    // Kills are spread over the whole run, each a random moment after some more samples ended.
    if (killed < kills && ended >= next) {
      await sleep(Math.random() * 40)
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      // An answer that was sent but not stored yet is under way too, so the ledger is asked, not the endpoint.
      cut += Math.min(concurrency, runProgress(run).running)
      killed++
      say(`kill ${killed}: ${ended} of ${samples} ended, ${server.counts.calls} calls`)
      next = Math.min(ended + gap(), samples * 0.95)
      child = await start()
    }
    await sleep(10)
  }
  child.kill('SIGTERM')
  if (child.exitCode === null) await once(child, 'exit')

  const sql = bulk()
  const one = (query: string) => sql.prepare(query).pluck().get() as number
  const state = runProgress(run)
  const leaks = filesBelow(home).filter((file) => readFileSync(file).includes(CANARY))
  if (logs.includes(CANARY)) leaks.push('log')
  const again = [...server.perRequest].reduce((sum, [id, times]) => sum + Math.max(0, times - 1 - (perFault.get(id) ?? 0)), 0)
  const outcome: Outcome = {
    samples,
    kills: killed,
    calls: server.counts.calls,
    faults,
    cut,
    done: state.done,
    failed: state.failed,
    open: one(`SELECT count(*) FROM RunItem WHERE NOT (status = 'done' AND captionId IS NOT NULL) AND NOT (status = 'failed' AND error <> '' AND errorCode <> '')`),
    captions: one(`SELECT count(*) FROM Caption WHERE runId = ${run}`),
    twice: one(`SELECT count(*) FROM (SELECT sampleId FROM Caption WHERE runId = ${run} GROUP BY sampleId HAVING count(*) > 1)`),
    unstored: one(`SELECT count(*) FROM Caption WHERE runId = ${run} AND text NOT IN (SELECT text FROM Answer)`),
    paidAgain: Math.max(0, again - cut),
    leaks,
    elsewhere: server.elsewhere.length,
    integrity: sql.pragma('integrity_check', { simple: true }) as string,
    resumes,
    seconds: Math.round((Date.now() - begun) / 1000),
  }
  await server.close()
  await remove()
  return outcome
}

/** What must hold after any such run; empty when all is well. */
export function broken(outcome: Outcome): string[] {
  const { samples, calls, faults, cut, done, failed, open, captions, twice, unstored, paidAgain, leaks, elsewhere, integrity } = outcome
  const holds: [string, boolean][] = [
    [`every ledger row is done or failed with its reason (${open} are not)`, open === 0 && done + failed === samples],
    ['one caption for each sample done, and no more', captions === done && twice === 0],
    ['every caption is a stored answer', unstored === 0],
    [`calls (${calls}) ≤ samples + retries after a fault (${faults}) + calls cut off by kills (${cut})`, calls <= samples + faults + cut],
    ['no question was asked again after its answer was stored', paidAgain === 0],
    [`the key is in no file and no log (${leaks.join(', ')})`, leaks.length === 0],
    ['nothing reached another origin', elsewhere === 0],
    ['the database is whole', integrity === 'ok'],
  ]
  return holds.filter(([, held]) => !held).map(([what]) => what)
}
