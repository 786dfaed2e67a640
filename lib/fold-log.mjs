// A thread that folds the write-ahead log into the database file whenever it is asked, on a connection of its own.
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'

const db = new Database(workerData, { timeout: 0 })
parentPort.postMessage('ready')
parentPort.on('message', (word) => {
  if (word === 'end') {
    db.close()
    parentPort.close()
    return
  }
  const [{ log, checkpointed }] = db.pragma('wal_checkpoint(PASSIVE)')
  parentPort.postMessage({ log, checkpointed })
})
