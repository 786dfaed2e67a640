import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { newOwner, ownerGone } from './owner'

test('a process that lives is there, one that ended is gone, one elsewhere is not known', () => {
  expect(ownerGone(newOwner())).toBe(false)
  expect(ownerGone(`${hostname()}/4194999/aa`)).toBe(true)
  expect(ownerGone('elsewhere/1/aa')).toBe(false)
})

test.runIf(process.platform === 'linux')('a process that was killed and not yet waited for is gone', async () => {
  // The shell starts a child, becomes a program that never waits for it, and the child ends.
  const parent = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 30'])
  try {
    const [pid] = (await once(parent.stdout, 'data')) as [Buffer]
    const owner = `${hostname()}/${String(pid).trim()}/aa`
    expect(ownerGone(owner)).toBe(false)
    for (let tries = 0; tries < 100 && !ownerGone(owner); tries++) await sleep(20)
    expect(ownerGone(owner)).toBe(true)
  } finally {
    parent.kill('SIGKILL')
  }
})
