import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { freshHome } from '@/lib/testing'

const ROWS = 12_000
const outside = mkdtempSync(path.join(tmpdir(), 'recaption-full-'))
const disk = mkdtempSync(path.join(tmpdir(), 'recaption-disk-'))
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]).status === 0
afterAll(() => {
  if (mounted) spawnSync('umount', ['-l', disk])
  for (const folder of [outside, disk]) rmSync(folder, { recursive: true, force: true })
})

describe.skipIf(!mounted)(`a full disk${mounted ? '' : ' (not tried: a small file system can be mounted by root only)'}`, () => {
  it('stops the import with a clear word, and goes on once there is room', async () => {
    const source = path.join(outside, 'rows.csv')
    writeFileSync(source, `key,url,caption\n${Array.from({ length: ROWS }, (_, i) => `k${i},https://pictures.example/${i}.jpg,a caption of picture number ${i} that fills the disk`).join('\n')}\n`)
    process.env.TMPDIR = disk
    const { remove } = await freshHome()
    const { importNow } = await import('./run')
    const { bulk } = await import('@/lib/db')
    const bring = () => importNow({ source, dataset: 'full', copy: false }, { trusted: true })
    await expect(bring()).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(/disk is full.*Free space and import again/) })
    const before = bulk().prepare('SELECT count(*) FROM Sample').pluck().get() as number
    expect(before).toBeGreaterThan(0)
    expect(before).toBeLessThan(ROWS)
    expect(bulk().pragma('integrity_check', { simple: true })).toBe('ok')
    expect(spawnSync('mount', ['-o', 'remount,size=96m', disk]).status).toBe(0)
    expect(await bring()).toMatchObject({ added: ROWS, skipped: 0, captions: ROWS })
    expect(bulk().prepare('SELECT count(*), count(DISTINCT key) FROM Sample').raw().get()).toEqual([ROWS, ROWS])
    expect(bulk().prepare('SELECT count(*) FROM caption_fts_docsize').pluck().get()).toBe(ROWS)
    await remove()
  })
})
