import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshHome } from '@/lib/testing'
import { recipes } from '@/lib/recipe'
import type { Recipe } from '@/lib/recipe/types'

let home: Awaited<ReturnType<typeof freshHome>>
let together: typeof import('./together').together
let sql: ReturnType<typeof import('@/lib/db').bulk>
let kit: typeof import('./testing')

beforeAll(async () => {
  home = await freshHome()
  together = (await import('./together')).together
  kit = await import('./testing')
  sql = (await import('@/lib/db')).bulk()
  sql.exec(`CREATE TABLE note (text TEXT PRIMARY KEY)`)
})
afterAll(() => home.remove())

const note = (text: string) => together(() => Number(sql.prepare(`INSERT INTO note VALUES (?)`).run(text).lastInsertRowid))
const notes = () => sql.prepare(`SELECT text FROM note ORDER BY rowid`).pluck().all() as string[]

it('commits what came within the same few ms at once and in order, and gives each its answer', async () => {
  const all = ['a', 'b', 'c'].map(note)
  expect(notes()).toEqual([])
  expect(await Promise.all(all)).toEqual([1, 2, 3])
  expect(notes()).toEqual(['a', 'b', 'c'])
})

it('rolls a step that throws back alone, whatever it wrote before', async () => {
  const bad = together(() => {
    sql.prepare(`INSERT INTO note VALUES ('half')`).run()
    throw new Error('no')
  })
  const good = note('d')
  await expect(bad).rejects.toThrow('no')
  await good
  await expect(note('a')).rejects.toThrow('UNIQUE')
  expect(notes()).toEqual(['a', 'b', 'c', 'd'])
})

it('keeps an answer that nothing could be made of: it is not paid for again', async () => {
  await kit.seedDataset('kept', 3)
  const captioner = kit.scripted(undefined, 'scripted-kept')
  const { requestRun } = await import('./start')
  const { executeRun } = await import('./run')
  const { runProgress } = await import('./progress-store')
  const short = recipes.get('short')
  let broken = 3
  const recipe: Recipe = {
    ...short,
    accept(draft, input) {
      if (broken-- > 0) throw new Error('a fault of ours')
      return short.accept(draft, input)
    },
  }
  const { run } = await requestRun({ dataset: 'kept', recipe: 'short', captioner: captioner.id }, { captioner, recipe })
  await executeRun(run, { signal: new AbortController().signal, owner: 'me', voices: { captioner, recipe } })
  expect(runProgress(run)).toMatchObject({ status: 'done', done: 3, failed: 0 })
  expect(captioner.calls).toHaveLength(3)
})
