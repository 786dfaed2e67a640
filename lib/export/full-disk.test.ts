import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { freshHome } from '@/lib/testing'

const disk = mkdtempSync(path.join(tmpdir(), 'recaption-disk-'))
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=20k', 'tmpfs', disk]).status === 0
afterAll(() => {
  if (mounted) spawnSync('umount', ['-l', disk])
  rmSync(disk, { recursive: true, force: true })
})

describe.skipIf(!mounted)(`a release on a full disk${mounted ? '' : ' (not tried: a small file system can be mounted by root only)'}`, () => {
  it('is not made and leaves nothing, whatever its format; with room it is made', async () => {
    const { home, remove } = await freshHome()
    const { exportNow } = await import('./run')
    const store = await import('./store')
    const { fillDataset } = await import('./fixture')
    await fillDataset('many', { samples: 900, folder: path.join(home, 'source') })
    const formats = ['jsonl', 'parquet', 'webdataset', 'imagefolder', 'sidecar', 'kohya']
    const made = (format: string) => exportNow({ dataset: 'many', format, images: 'copy', out: path.join(disk, format) }, { anywhere: true })
    const full = /^The disk is full: .* could not be written\. Free space and make the release again; nothing half-written is left\.$/
    for (const format of formats) {
      await expect(made(format), format).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(full) as string })
      expect(readdirSync(disk), format).toEqual([])
    }
    expect(store.runningReleases()).toEqual([])
    expect(spawnSync('mount', ['-o', 'remount,size=64m', disk]).status).toBe(0)
    for (const format of formats) expect((await made(format)).samples, format).toBe(900)
    expect(readdirSync(disk).sort()).toEqual([...formats].sort())
    await remove()
  })
})
