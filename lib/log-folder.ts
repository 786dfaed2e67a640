import { Worker } from 'node:worker_threads'
import { bulk } from './db'
import { env } from './env'

/** How often the thread folds what was written meanwhile. */
const EVERY_MS = 300
/** Pages of the log after which it is begun anew; each is then written back once, not ten times. */
const LOG_PAGES = 16_000
/** Pages that the writer may fold itself without being missed, so that nothing is left and the log can begin anew. */
const LAST_PAGES = 2500

/** SQLite's own choice, which comes back at the end: asked for beforehand it may be what another import has set. */
const USUAL_PAGES = 1000

type Folded = { log: number; checkpointed: number }
/** `ready`: it has loaded its library and may be ended at any time that it does not fold. */
type Word = Folded | 'ready'

/**
 * Takes the folding of the write-ahead log off the commits of `bulk()` while much is written: a thread does it beside them,
 * and no transaction waits for a hundred megabytes to reach the disk. Call `turn` between transactions, `close` at the end.
 */
export function logFolder() {
  const db = bulk()
  db.pragma('wal_autocheckpoint = 0')
  // Without what this process was started with: the thread is plain JavaScript.
  const thread = new Worker(new URL('./fold-log.mjs', import.meta.url), { workerData: env.database, execArgv: [] })
  thread.unref()
  let failed: unknown
  let ready = false
  let running = false
  let at = performance.now()
  const ask = () => {
    running = true
    thread.postMessage('fold')
  }
  thread.on('error', (error) => (failed = error))
  thread.on('message', (word: Word) => {
    ready = true
    if (word === 'ready') return
    const { log, checkpointed } = word
    running = false
    at = performance.now()
    if (log < LOG_PAGES) return
    if (log - checkpointed > LAST_PAGES) ask()
    else db.pragma('wal_checkpoint(PASSIVE)')
  })
  return {
    /** Asks for folding when it is time. Without the thread, commits fold as they always do. */
    turn(): void {
      if (failed !== undefined) db.pragma(`wal_autocheckpoint = ${USUAL_PAGES}`)
      else if (!running && performance.now() - at >= EVERY_MS) ask()
    },
    async close(): Promise<void> {
      db.pragma(`wal_autocheckpoint = ${USUAL_PAGES}`)
      if (failed !== undefined) return
      // One that is ended while it still loads its library, or folds, can take the process with it: it ends by itself.
      if (ready && !running) return void (await thread.terminate())
      thread.ref()
      thread.postMessage('end')
      await new Promise((resolve) => thread.once('exit', resolve))
    },
  }
}
