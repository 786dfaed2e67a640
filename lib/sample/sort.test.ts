import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'

let home: Awaited<ReturnType<typeof freshHome>>
let store: typeof import('./store')
let datasetId = 0
const COUNT = 5200
/** What each sample has: its alt text's words (0: no alt text), its score (null: none), its group. */
const facts: { id: number; words: number; score: number | null; group: number | null; rare: boolean }[] = []

beforeAll(async () => {
  home = await freshHome()
  store = await import('./store')
  const { bulk } = await import('@/lib/db')
  const { createDataset } = await import('@/lib/dataset/store')
  const { insertCaptions } = await import('@/lib/caption/store')
  const other = (await createDataset({ name: 'other' })).id
  datasetId = (await createDataset({ name: 'sorted' })).id
  const sql = bulk()
  const sample = sql.prepare('INSERT INTO Sample (datasetId, key, position, groupId) VALUES (?, ?, ?, ?)')
  const score = sql.prepare(`INSERT INTO Score (captionId, metric, version, value) VALUES (?, 'alignment', 1, ?)`)
  sql.transaction(() => {
    for (let i = 0; i < COUNT; i++) {
      const into = i % 7 === 3 ? other : datasetId
      const id = Number(sample.run(into, `k${(i * 7919) % COUNT}`, i, null).lastInsertRowid)
      const words = i % 11 === 5 ? 0 : 1 + ((i * 31) % 9)
      const rare = i % 97 === 0
      const value = words === 0 || i % 5 === 1 ? null : ((i * 13) % 40) / 10 - 2
      if (words) {
        const text = `${rare ? 'lighthouse' : 'boat'}${' boat'.repeat(words - 1)}`
        const [caption] = insertCaptions([{ datasetId: into, sampleId: id, text, kind: 'alt', origin: 'source' }, { datasetId: into, sampleId: id, text: 'a second alt text of six words', kind: 'alt', origin: 'human' }])
        if (value !== null) score.run(caption, value)
        score.run(caption + 1, -9)
      }
      if (into === datasetId) facts.push({ id, words, score: value, group: i % 9 === 4 ? 1 + (i % 4) : null, rare: rare && words > 0 })
    }
    const set = sql.prepare('UPDATE Sample SET groupId = ? WHERE id = ?')
    for (const { id, group } of facts) if (group) set.run(facts[group].id, id)
  })()
  const { indexText } = await import('@/lib/caption/store')
  while (indexText(5000) > 0);
})
afterAll(() => home.remove())

function walk(sort: import('./schema').Sort, filter: string, limit: number): import('./schema').SampleView[] {
  const seen: import('./schema').SampleView[] = []
  for (let after: string | undefined; ; ) {
    const page = store.samplePage({ datasetId, filter, limit, after, sort })
    seen.push(...page.samples)
    if (!page.next) return seen
    after = page.next
  }
}
const all = (...asked: Parameters<typeof walk>) => walk(...asked).map((one) => one.id)
const pages = (...asked: Parameters<typeof walk>) => walk(...asked).map((one) => one.key)
type Fact = (typeof facts)[number]
const LAST = 1e9
/** Equal ones may stand in any order that pages agree on, so values are compared. */
const VALUE: Record<string, (one: Fact) => number> = {
  shortest: (one) => one.words || LAST,
  longest: (one) => -one.words || LAST,
  suspicious: (one) => one.score ?? LAST,
  aligned: (one) => (one.score === null ? LAST : -one.score),
  duplicates: (one) => (one.group ? facts[one.group].id : LAST),
}

describe.each(['shortest', 'longest', 'suspicious', 'aligned', 'duplicates'] as const)('%s', (sort) => {
  test.each([
    ['everything', '', 300, () => true],
    ['many that match', 'boat', 300, (one: Fact) => one.words > 1 || (one.words === 1 && !one.rare)],
    ['few that match', 'lighthouse', 5, (one: Fact) => one.rare],
  ] as const)('%s, page by page, each once and in order', (_, filter, limit, matches) => {
    const seen = all(sort, filter, limit)
    const expected = facts.filter(matches)
    expect(seen.length).toBe(expected.length)
    expect(new Set(seen).size).toBe(seen.length)
    const byId = new Map(expected.map((one) => [one.id, one]))
    expect(seen.map((id) => VALUE[sort](byId.get(id)!))).toEqual(expected.map(VALUE[sort]).sort((a, b) => a - b))
  })
})

describe.each(['imported', 'newest', 'key', 'shortest', 'longest', 'suspicious', 'aligned', 'duplicates'] as const)('the samples before and after one, %s', (sort) => {
  test.each(['', 'boat', 'lighthouse', '-boat', 'words:<3'])('as the pages of “%s” have them', (filter) => {
    const keys = pages(sort, filter, 400)
    expect(keys.length).toBeGreaterThan(20)
    const watched = keys.map((_, i) => i).filter((i) => i < 2 || i >= keys.length - 2 || i % 211 === 0)
    for (const i of watched) expect(store.neighbours(datasetId, keys[i], { filter, sort }), keys[i]).toEqual({ previous: keys[i - 1], next: keys[i + 1] })
  })

  test('of one that does not match are those between which it would stand', () => {
    const [everything, some] = [pages(sort, '', 1000), pages(sort, 'lighthouse', 1000)]
    const at = everything.findIndex((key, i) => i > 1500 && !some.includes(key))
    const beside = (list: string[]) => list.find((key) => some.includes(key))
    expect(store.neighbours(datasetId, everything[at], { filter: 'lighthouse', sort })).toEqual({ previous: beside(everything.slice(0, at).reverse()), next: beside(everything.slice(at)) })
  })
})

test('by key, in the order of its characters', () => {
  const seen: string[] = []
  for (let after: string | undefined; ; ) {
    const page = store.samplePage({ datasetId, limit: 500, after, sort: 'key' })
    seen.push(...page.samples.map((one) => one.key))
    if (!(after = page.next)) break
  }
  expect(seen).toEqual(seen.toSorted())
  expect(seen.length).toBe(facts.length)
})

test('a cursor of another order is refused, not guessed at', () => {
  for (const after of ['x', Buffer.from('[7,1,1]').toString('base64url'), Buffer.from('{}').toString('base64url')]) expect(() => store.samplePage({ datasetId, limit: 1, after, sort: 'shortest' })).toThrow('not a cursor')
})

test('matches that all lie at the far end of an order are found without walking there, in the same pages', async () => {
  const { createDataset } = await import('@/lib/dataset/store')
  const { insertCaptions } = await import('@/lib/caption/store')
  const { bulk } = await import('@/lib/db')
  const { id: far } = await createDataset({ name: 'far' })
  const sample = bulk().prepare('INSERT INTO Sample (datasetId, key, position) VALUES (?, ?, ?)')
  const short: number[] = []
  bulk().transaction(() => {
    for (let i = 0; i < 24_000; i++) {
      const id = Number(sample.run(far, `k${i}`, i).lastInsertRowid)
      const words = i % 30 === 0 ? 1 + (i % 4) : 5 + (i % 3)
      if (words < 5) short.push(id)
      insertCaptions([{ datasetId: far, sampleId: id, text: Array(words).fill('boat').join(' '), kind: 'alt', origin: 'source' }])
    }
  })()
  const seen: number[] = []
  for (let after: string | undefined; ; ) {
    const page = store.samplePage({ datasetId: far, filter: 'words:<5', limit: 300, after, sort: 'longest' })
    seen.push(...page.samples.map((one) => one.id))
    after = page.next
    if (!after) break
  }
  const words = new Map(short.map((id) => [id, 1 + ((id - short[0]) % 4)]))
  expect(new Set(seen)).toEqual(new Set(short))
  expect(seen.length).toBe(short.length)
  expect(seen.every((id, i) => i === 0 || (words.get(seen[i - 1]) ?? 0) >= (words.get(id) ?? 0))).toBe(true)
})
