// A worker that serves runs and nothing else, to be killed at any moment. Its log goes to standard error.
import { work } from '@/lib/job/loop'
import { newOwner } from '@/lib/job/owner'
import { executeRun } from '@/lib/recaption/run'
import { wakeRuns } from '@/lib/recaption/store'

const stop = new AbortController()
process.once('SIGTERM', () => stop.abort())
process.stdout.write('ready\n')
await work(
  { run: async ({ runId }, { signal, owner }) => void (await executeRun(runId, { signal, owner })) },
  { signal: stop.signal, owner: newOwner(), onIdle: wakeRuns, pollMs: 50 },
)
