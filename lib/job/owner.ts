import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** A worker's name: machine, process, and a random part, so that a number used again by the system is not taken for it. */
export const newOwner = (): string => `${hostname()}/${process.pid}/${randomBytes(4).toString('hex')}`

/** Ended, but not yet taken leave of by whoever started it: such a process still has its number. Known on Linux only. */
function isDead(pid: string): boolean {
  try {
    return /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return false
  }
}

/**
 * Whether a worker's process is surely gone: it ran on this machine and its process is no more. False when that cannot be
 * known; then its lease decides.
 */
export function ownerGone(owner: string): boolean {
  const [host, pid] = owner.split('/')
  if (host !== hostname() || !/^\d+$/.test(pid ?? '')) return false
  try {
    process.kill(Number(pid), 0)
    return isDead(pid)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}
