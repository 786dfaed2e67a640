// One client of the race test, in a process of its own: it sends decisions and prints one line for each that was accepted.
// Wordy on purpose: after a kill, the printed lines are what the database must hold.
import { writeSync } from 'node:fs'
import { isAppError } from '@/lib/errors'
import { captionById } from '@/lib/caption/store'
import { decideCaption } from './store'

const [name, many, idsText] = process.argv.slice(2)
const ids = JSON.parse(idsText) as number[]
const decisions = ['approve', 'reject', 'clear'] as const
let stale = 0
for (let i = 0; i < Number(many); i++) {
  const id = ids[Math.floor(Math.random() * ids.length)]
  for (;;) {
    const seen = captionById(id)
    try {
      const made = await decideCaption({ reviewer: name }, id, { decision: decisions[i % 3], version: seen.version, token: `${name}-step-${i}` })
      writeSync(1, `${made.verdict.id} ${name}-step-${i}\n`)
      break
    } catch (error) {
      if (!isAppError(error) || error.code !== 'conflict') throw error
      stale++
    }
  }
}
writeSync(2, `stale ${stale}\n`)
process.exit(0)
