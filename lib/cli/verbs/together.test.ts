import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Seeded } from '@/lib/review/testing'
import { freshHome } from '@/lib/testing'
import type { Values } from '../types'

let home: Awaited<ReturnType<typeof freshHome>>
let verbs: typeof import('./index').verbs
let seed: typeof import('@/lib/review/testing').seed
let standings: (ids: readonly number[]) => string[]

beforeAll(async () => {
  home = await freshHome()
  verbs = (await import('./index')).verbs
  seed = (await import('@/lib/review/testing')).seed
  const { captionById } = await import('@/lib/caption/store')
  standings = (ids) => ids.map((id) => captionById(id).standing)
})
afterAll(() => home.remove())

/** As the command line does it, without ending the process. */
async function recaption(id: string, ...args: string[]) {
  const verb = await verbs.find(id)
  if (!verb) throw new Error(`There is no verb ${id}.`)
  const { values, positionals } = parseArgs({ args, options: { ...verb.options, json: { type: 'boolean' } }, allowPositionals: true, strict: true })
  const { result, text } = await verb.run(positionals, values as Values, { signal: new AbortController().signal, progress: () => undefined })
  return { result: JSON.parse(JSON.stringify(result)) as Record<string, never>, text }
}

test('bulk counts first, changes only with --yes, and is one step to undo and redo', async () => {
  const { short } = seed({ samples: 6, name: 'bulk', human: [1], quarantined: [2] })
  const seen = await recaption('bulk', '--dataset', 'bulk', '--act', 'approve', '--filter=-key:0000005.jpg')
  expect(seen.result).toEqual({ preview: { samples: 5, count: 3, human: 1, quarantined: 1 } })
  expect(standings(short)).toEqual(Array(6).fill('pending'))
  await expect(recaption('bulk', '--dataset', 'bulk', '--act', 'approve', '--yes')).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('--reviewer') as string })
  const done = await recaption('bulk', '--dataset', 'bulk', '--act', 'approve', '--filter=-key:0000005.jpg', '--yes', '--reviewer', 'Ana')
  expect(done.result).toMatchObject({ batch: { act: 'approve', status: 'closed', count: 3 } })
  const after = ['approved', 'pending', 'pending', 'approved', 'approved', 'pending']
  expect(standings(short)).toEqual(after)
  await recaption('undo', '--dataset', 'bulk', '--reviewer', 'Ana')
  expect(standings(short)).toEqual(Array(6).fill('pending'))
  const { batch } = done.result as unknown as { batch: { id: number } }
  await recaption('redo', '--batch', String(batch.id), '--reviewer', 'Ben')
  expect(standings(short)).toEqual(after)
  await expect(recaption('redo', '--dataset', 'bulk', '--reviewer', 'Ana')).rejects.toMatchObject({ code: 'not_found' })
  await expect(recaption('bulk', '--dataset', 'bulk', '--act', 'erase')).rejects.toMatchObject({ detail: { use: true } })
})

test('replace shows the words that change, and makes edits', async () => {
  const { samples } = seed({ samples: 3, name: 'replace', human: [2] })
  const seen = await recaption('replace', '--dataset', 'replace', '--find', 'brown (dog)', '--replace', 'tan $1', '--regex')
  expect(seen.text).toContain('A [-brown-]{+tan+} dog lies')
  expect(seen.result).toMatchObject({ preview: { count: 2 } })
  await recaption('replace', '--dataset', 'replace', '--find', 'brown (dog)', '--replace', 'tan $1', '--regex', '--yes', '--reviewer', 'Ana')
  const { sampleViews } = await import('@/lib/sample/store')
  const heads = () => sampleViews(samples).map((sample) => sample.captions.filter((one) => one.kind === 'short' && !one.retired).at(-1)?.text)
  expect(heads()).toEqual(['A tan dog lies on a mat, picture 0.', 'A tan dog lies on a mat, picture 1.', 'A person wrote this 2.'])
  await recaption('undo', '--dataset', 'replace', '--reviewer', 'Ana')
  expect(heads()[0]).toBe('A brown dog lies on a mat, picture 0.')
})

test('decisions travel to another dataset, a conflict is listed and a second reading adds nothing', async () => {
  const here = seed({ samples: 3, name: 'here' })
  const there = seed({ samples: 3, name: 'there' })
  await recaption('verdict', 'approve', '--caption', String(here.short[0]), '--reviewer', 'Ana')
  await recaption('verdict', 'reject', '--caption', String(here.short[1]), '--reason', 'invented', '--reviewer', 'Ana')
  const file = path.join(home.home, 'decisions.jsonl')
  expect((await recaption('decisions', 'export', file, '--dataset', 'here')).result).toEqual({ file, decisions: 2 })
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(2)
  await recaption('verdict', 'approve', '--caption', String(there.short[1]), '--reviewer', 'Ben')
  const first = await recaption('decisions', 'import', file, '--dataset', 'there', '--reviewer', 'Carl')
  expect(first.result).toMatchObject({ added: 2, repeated: 0, conflicts: [{ key: '0000001.jpg', kept: 'ours' }] })
  expect(standings(there.short)).toEqual(['approved', 'approved', 'pending'])
  expect((await recaption('decisions', 'import', file, '--dataset', 'there', '--reviewer', 'Carl')).result).toMatchObject({ added: 0, repeated: 2 })
  await expect(recaption('decisions', 'import', `${file}.nowhere`, '--dataset', 'there', '--reviewer', 'Carl')).rejects.toMatchObject({ code: 'not_found' })
})

async function look(name: string, bad: number): Promise<{ data: Seeded; closed: Awaited<ReturnType<typeof recaption>>; size: number }> {
  const data = seed({ samples: 40, name })
  const planArgs = ['plan', '--dataset', name, '--kind', 'short', '--limit', '20', '--seed', '7']
  const seen = (await recaption('certify', ...planArgs)).result as unknown as { preview: { size: number; curve: { accepted: number }[] } }
  expect(seen.preview.curve[0].accepted).toBe(1)
  const fixed = (await recaption('certify', ...planArgs, '--yes', '--reviewer', 'Ana')).result as unknown as { plan: { id: number; size: number } }
  expect(fixed.plan.size).toBe(seen.preview.size)
  const id = String(fixed.plan.id)
  for (let looked = 0; ; looked++) {
    const { next } = (await recaption('certify', 'next', '--plan', id)).result as unknown as { next: { position: number; caption: object } | null }
    if (!next) break
    expect(Object.keys(next.caption)).toEqual(['id', 'kind', 'text', 'cuts']) // and not who wrote it
    await recaption('certify', 'decide', looked < bad ? 'reject' : 'approve', ...(looked < bad ? ['--reason', 'invented'] : []), '--plan', id, '--position', String(next.position), '--reviewer', 'Ana')
  }
  return { data, closed: await recaption('certify', 'close', '--plan', id, '--reviewer', 'Ana'), size: fixed.plan.size }
}

test('a batch without a bad caption in the sample is certified whole', async () => {
  const { data, closed, size } = await look('good', 0)
  expect(closed.result).toMatchObject({ plan: { status: 'accepted' }, result: { outcome: 'accepted', bad: 0, looked: size } })
  expect(new Set(standings(data.short))).toEqual(new Set(['approved']))
})

test('a bad one too many: not certified, nothing approved beyond the looks, and its reasons', async () => {
  const { data, closed } = await look('bad', 1)
  expect(closed.result).toMatchObject({ plan: { status: 'rejected' }, result: { outcome: 'rejected', bad: 1, reasons: { invented: 1 } } })
  expect(standings(data.short).filter((one) => one === 'approved')).toHaveLength(0)
  expect((await recaption('certify', 'status', '--dataset', 'bad')).text).toContain('not certified')
  await expect(recaption('certify', 'plan', '--dataset', 'bad', '--kind', 'short', '--limit', '20', '--yes', '--reviewer', 'Ana')).rejects.toMatchObject({ code: 'refused' })
})

test('a flag takes a reason, of the text or of the picture', async () => {
  seed({ samples: 1, name: 'flagged' })
  const args = ['--dataset', 'flagged', '--sample', '0000000.jpg', '--reviewer', 'Ana']
  expect((await recaption('flag', ...args, '--reason', 'unrelated', '--reason', 'watermark')).result).toMatchObject({ verdict: { decision: 'flag', reasons: ['unrelated', 'watermark'] } })
  await expect(recaption('flag', ...args, '--reason', 'ugly')).rejects.toMatchObject({ detail: { use: true } })
})

test('the report card says when there are not enough decisions', async () => {
  const { short } = seed({ samples: 3, name: 'graded', quarantined: [0] })
  await recaption('verdict', 'reject', '--caption', String(short[0]), '--reviewer', 'Ana')
  const card = await recaption('report', '--dataset', 'graded')
  expect(card.result).toMatchObject({ rules: [{ rule: 'refusal', n: 1, enough: false }] })
  expect(card.text).toContain('not enough decisions')
})

test('purge asks first, leaves a tombstone, and the import does not bring the sample back', async () => {
  const folder = path.join(home.home, 'pictures')
  mkdirSync(folder)
  const { plainPicture } = await import('@/lib/captioner/contract')
  for (const name of ['a', 'b']) {
    writeFileSync(path.join(folder, `${name}.png`), Buffer.concat([await plainPicture(), Buffer.from(name)]))
    writeFileSync(path.join(folder, `${name}.txt`), `a picture of ${name}`)
  }
  const args = [folder, '--dataset', 'purged']
  await recaption('import', ...args)
  const purge = ['--dataset', 'purged', '--sample', 'a.png', '--reason', 'They asked for it.', '--reviewer', 'Ana']
  expect((await recaption('purge', ...purge)).text).toContain('Nothing was changed')
  expect((await recaption('purge', ...purge, '--yes')).result).toMatchObject({ tombstones: [expect.any(Number) as number] })
  await expect(recaption('purge', ...purge, '--yes')).rejects.toMatchObject({ code: 'not_found' })
  await recaption('import', ...args)
  const { samplePage } = await import('@/lib/sample/store')
  const { datasetByName } = await import('@/lib/dataset/store')
  expect(samplePage({ datasetId: (await datasetByName('purged')).id, limit: 10 }).samples.map((sample) => sample.key)).toEqual(['b.png'])
})

test('backup makes a folder; restore is refused where datasets are', async () => {
  const folder = `${home.home}-backup`
  expect((await recaption('backup', folder)).result).toMatchObject({ folder })
  expect(JSON.parse(readFileSync(path.join(folder, 'backup.json'), 'utf8'))).toMatchObject({ version: 1 })
  await expect(recaption('restore', folder)).rejects.toMatchObject({ code: 'refused' })
  const { bulk } = await import('@/lib/db')
  expect(bulk().prepare(`SELECT count(*) FROM Dataset WHERE name = 'bulk'`).pluck().get()).toBe(1)
  const { rmSync } = await import('node:fs')
  rmSync(folder, { recursive: true })
})
