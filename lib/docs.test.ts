import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'

let home: Awaited<ReturnType<typeof freshHome>>
beforeAll(async () => void (home = await freshHome()))
afterAll(() => home.remove())

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const missing = (ids: readonly string[]) => ids.filter((id) => !readme.includes(`\`${id}\``))

test('the README names every captioner, recipe, format, flag, metric and verb', async () => {
  const [{ captioners }, { recipes }, { formats }, { flagSorts }, { metrics }, { verbs }] = await Promise.all([import('./captioner'), import('./recipe'), import('./format'), import('./flag/catalog'), import('./metric'), import('./cli/verbs')])
  for (const list of [captioners.all, recipes.all, formats.all, flagSorts, metrics.all]) expect(missing(list.map((one) => one.id))).toEqual([])
  expect(missing(verbs.ids)).toEqual([])
})

test('the README names every field of the filter language', async () => {
  const { FIELDS } = await import('./sample/fields')
  const fields = /`kind origin[^`]*`/.exec(readme)?.[0].split(/[\s`]+/) ?? []
  expect(FIELDS.map((field) => field.name).filter((name) => !fields.includes(name))).toEqual([])
})
