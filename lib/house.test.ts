import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')
const FLOOR: Record<string, number> = { dataset: 1, media: 1, sample: 1, caption: 1, captioner: 1, job: 1, recipe: 2, metric: 2, flag: 2, claim: 2, blend: 2, format: 2, import: 3, recaption: 3, review: 3, export: 3, cli: 4 }

type Import = { from: string; to: string; typeOnly: boolean }

const files = ['app', 'components', 'lib']
  .flatMap((top) => readdirSync(path.join(root, top), { recursive: true, encoding: 'utf8' }).map((file) => `${top}/${file}`))
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('generated/') && !/\.test\.tsx?$/.test(file))

const IMPORT = /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[\w*\s{},$]+\s+from\s+)?['"]([^'"]+)['"]|(?:^|[^\w.])import\(\s*['"]([^'"]+)['"]\s*\)/g
const resolve = (from: string, to: string) => (to.startsWith('@/') ? to.slice(2) : to.startsWith('.') ? path.posix.join(path.posix.dirname(from), to) : to)
const imports: Import[] = files.flatMap((from) =>
  [...readFileSync(path.join(root, from), 'utf8').matchAll(IMPORT)].map(([, typeOnly, fixed, dynamic]) => ({ from, to: resolve(from, fixed ?? dynamic), typeOnly: Boolean(typeOnly) })),
)

const moduleOf = (file: string) => /^lib\/([^/]+)\//.exec(file)?.[1]
const floorOf = (file: string) => (file.startsWith('lib/') ? (FLOOR[moduleOf(file) ?? ''] ?? 0) : 5)
const shown = (list: readonly Import[]) => list.map((one) => `${one.from} → ${one.to}`)
// A contract test is a test that implementations call: it may look anywhere.
const isContract = (file: string) => /\/contract\.ts$|lib\/testing\.ts$/.test(file)

describe('the house', () => {
  test('every module of lib has its floor', () => {
    const unknown = readdirSync(path.join(root, 'lib'), { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== 'generated' && !(entry.name in FLOOR))
    expect(unknown.map((entry) => entry.name)).toEqual([])
  })

  test('a file imports from its own floor or below', () => {
    expect(shown(imports.filter((one) => one.from.startsWith('lib/') && /^(lib|app|components)\//.test(one.to) && !isContract(one.from) && floorOf(one.to) > floorOf(one.from)))).toEqual([])
  })

  test('a module of floor 2 never imports another of floor 2, nor a stage another stage', () => {
    const aside = imports.filter((one) => [2, 3].includes(floorOf(one.from)) && floorOf(one.to) === floorOf(one.from) && moduleOf(one.to) !== moduleOf(one.from))
    expect(shown(aside.filter((one) => one.from.startsWith('lib/') && !isContract(one.from)))).toEqual([])
  })

  test('components reach schemas, pure files and actions, never a store, the database or the environment', () => {
    expect(shown(imports.filter((one) => one.from.startsWith('components/') && !one.typeOnly && /(^|[/-])store$|^lib\/(db|env|log)$/.test(one.to)))).toEqual([])
  })

  test('next stays in app, components and actions', () => {
    expect(shown(imports.filter((one) => /^next(\/|$)/.test(one.to) && one.from.startsWith('lib/') && !one.from.endsWith('/actions.ts')))).toEqual([])
  })

  test.each([
    ['openai', 1],
    ['sharp', 1],
    ['better-sqlite3', 3],
    ['@duckdb/node-api', 2],
    ['onnxruntime-node', 3],
    ['wink-nlp', 1],
    ['re2js', 1],
    ['request-filtering-agent', 1],
  ])('%s has its façade', (library, most) => {
    const from = new Set(imports.filter((one) => one.to === library && !one.typeOnly).map((one) => one.from))
    expect([...from].length, [...from].join(', ')).toBeLessThanOrEqual(most)
  })

  test('the environment has one reader', () => {
    const readers = files.filter((file) => /process\.env\b/.test(readFileSync(path.join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')))
    expect(readers.filter((file) => !['lib/env.ts', 'lib/testing.ts'].includes(file))).toEqual([])
  })

  test('no attic', () => expect(files.filter((file) => /(^|\/)(utils|misc|helpers)(\/|\.tsx?$)/.test(file))).toEqual([]))
})
