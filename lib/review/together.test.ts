import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'
import { agreementOf } from './agreement'
import { chosenSide, compare, leftSide, type Judged } from './compare'
import { grade } from './grade'
import { disagreement, mix, permutation } from './queue'

const [ana, ben, cem] = ['Ana', 'Ben', 'Cem'].map((reviewer) => ({ reviewer }))
let home: Awaited<ReturnType<typeof freshHome>>
let pairs: typeof import('./compare-store')
let overlap: typeof import('./overlap-store')
let queue: typeof import('./queue-store')
let cards: typeof import('./grade-store')
let run: typeof import('./run')
let store: typeof import('./store')
let captions: typeof import('@/lib/caption/store')
let kit: typeof import('./testing')
let ground: typeof import('@/lib/db')

beforeAll(async () => {
  home = await freshHome()
  ;[pairs, overlap, queue, cards, run, store, captions, kit, ground] = await Promise.all([
    import('./compare-store'), import('./overlap-store'), import('./queue-store'), import('./grade-store'), import('./run'), import('./store'), import('@/lib/caption/store'), import('./testing'), import('@/lib/db'),
  ])
})
afterAll(() => home.remove())

test('sides fall like a coin, the same way every time', () => {
  const lefts = Array.from({ length: 2000 }, (_, i) => leftSide(5, i))
  expect(Math.abs(lefts.filter((one) => one === 'a').length - 1000)).toBeLessThan(135)
  expect(lefts).toEqual(Array.from({ length: 2000 }, (_, i) => leftSide(5, i)))
  expect([chosenSide('b', 'left'), chosenSide('b', 'right'), chosenSide('a', 'tie')]).toEqual(['b', 'a', 'tie'])
})

test('a comparison counts ties as half, gives its interval, and names a winner only when chance is unlikely', () => {
  const judged = (a: number, b: number, ties: number): Judged[] => [...Array<Judged>(a).fill({ left: 'a', choice: 'a' }), ...Array<Judged>(b).fill({ left: 'a', choice: 'b' }), ...Array<Judged>(ties).fill({ left: 'b', choice: 'tie' })]
  const clear = compare(judged(65, 35, 20))
  expect(clear).toMatchObject({ judged: 120, a: 65, b: 35, ties: 20, winner: 'a', leftChosen: 65 })
  expect(clear.winRate).toBeCloseTo(75 / 120, 10)
  expect(clear.p).toBeCloseTo(0.00352, 5)
  expect(clear.interval.low).toBeGreaterThan(0.5)
  expect(compare(judged(60, 40, 0)).winner).toBeNull()
  expect(compare([])).toMatchObject({ judged: 0, winRate: 0.5, p: 1, winner: null })
})

test('a blind comparison on real rows: nothing is shown before the end, and the winner comes to speak for what is pending', async () => {
  const data = kit.seed({ samples: 30, name: 'pairs' })
  const other = captions.insertCaptions(data.samples.map((sampleId, i) => ({ datasetId: data.datasetId, sampleId, text: i === 29 ? `A brown dog lies on a mat, picture 29.` : `Better ${i}.`, kind: 'short', origin: 'model', model: 'm2' })))
  const input = pairs.ComparisonInput.parse({ kind: 'short', a: { model: 'm1' }, b: { model: 'm2' }, pairs: 12, seed: 4 })
  await expect(pairs.openComparison(ana, data.datasetId, { ...input, pairs: 30 })).rejects.toMatchObject({ code: 'invalid' })
  const opened = await pairs.openComparison(ana, data.datasetId, input)
  expect(() => pairs.ComparisonInput.parse({ kind: 'short', a: {}, b: { model: 'm2' }, pairs: 12 })).toThrow()
  for (let pair = pairs.nextPair(opened.id); pair; pair = pairs.nextPair(opened.id)) {
    expect(pairs.comparisonResult(opened.id)).toBeNull()
    expect(Object.keys(pair).sort()).toEqual(['cuts', 'left', 'position', 'right', 'sampleId'])
    await pairs.judge(ana, opened.id, pair.position, pair.left.startsWith('Better') ? 'left' : 'right')
  }
  await expect(pairs.judge(ben, opened.id, 0, 'tie')).rejects.toMatchObject({ code: 'conflict' })
  expect(pairs.comparisonResult(opened.id)).toMatchObject({ judged: 12, a: 0, b: 12, winner: 'b' })
  await store.decideCaption(ben, data.short[0], { decision: 'approve' })
  const promoted = await pairs.promoteWinner(ana, opened.id)
  expect(promoted.count).toBe(28)
  expect(captions.captionById(data.short[1]).standing).toBe('rejected')
  expect(captions.captionById(other[1]).standing).toBe('pending')
  expect(captions.captionById(data.short[0]).standing).toBe('approved')
  await run.undoBatch(ana, promoted.id)
  expect(captions.captionById(data.short[1]).standing).toBe('pending')
})

test('agreement of two people is that of the worked tables', () => {
  const answers = ([['y', 'y', 20], ['y', 'n', 5], ['n', 'y', 10], ['n', 'n', 15]] as const).flatMap(([a, b, n], t) => Array.from({ length: n }, (_, i) => [{ item: t * 100 + i, person: 'Ana', label: a }, { item: t * 100 + i, person: 'Ben', label: b }]).flat())
  const found = agreementOf(answers)
  expect(found).toMatchObject({ items: 50, pairs: 50, agreement: 0.7 })
  expect(found.kappa).toBeCloseTo(0.4, 10)
  expect(agreementOf([{ item: 1, person: 'Ana', label: 'y' }])).toEqual({ items: 0, pairs: 0, agreement: null, kappa: null, ac1: null, alpha: null })
  const rare = ([['good', 'good', 118], ['good', 'bad', 5], ['bad', 'good', 2]] as const).flatMap(([a, b, n], t) => Array.from({ length: n }, (_, i) => [{ item: t * 1000 + i, person: 'Ana', label: a }, { item: t * 1000 + i, person: 'Ben', label: b }]).flat())
  expect(agreementOf(rare).ac1).toBeCloseTo(0.94078, 5)
  const alpha = agreementOf([1, 1, 0, 0, 1].flatMap((value, item) => [{ item, person: 'Ana', label: String(value) }, { item, person: 'Ben', label: String([1, 0, 0, 0, 1][item]) }]))
  expect(alpha.alpha).toBeCloseTo(0.64, 10)
})

test('several people judge blind; agreement decides, disagreement goes to the second look', async () => {
  const data = kit.seed({ samples: 5, name: 'together' })
  const opened = await overlap.openOverlap(ana, data.datasetId, overlap.OverlapInput.parse({ kind: 'short', people: 2, size: 3 }))
  expect(opened).toMatchObject({ items: 3, open: 3 })
  const first = overlap.nextForPerson(ana, opened.id)
  expect(await overlap.giveOpinion(ana, first?.id ?? 0, { decision: 'approve' })).toBe('open')
  await expect(overlap.giveOpinion(ana, first?.id ?? 0, { decision: 'approve' })).rejects.toMatchObject({ code: 'conflict' })
  expect(captions.captionById(first?.captionId ?? 0).standing).toBe('pending')
  expect(overlap.nextForPerson(ana, opened.id)?.id).not.toBe(first?.id)
  expect(overlap.nextForPerson(ben, opened.id)).toEqual(first)
  expect(await overlap.giveOpinion(ben, first?.id ?? 0, { decision: 'approve' })).toBe('agreed')
  expect(captions.captionById(first?.captionId ?? 0).standing).toBe('approved')
  const second = overlap.nextForPerson(ana, opened.id)
  await overlap.giveOpinion(ana, second?.id ?? 0, { decision: 'reject', reasons: ['invented'] })
  expect(await overlap.giveOpinion(ben, second?.id ?? 0, { decision: 'approve' })).toBe('conflict')
  await expect(overlap.giveOpinion(cem, second?.id ?? 0, { decision: 'approve' })).rejects.toMatchObject({ code: 'conflict' })
  expect(overlap.secondLook(opened.id)).toMatchObject([{ captionId: second?.captionId, opinions: [{ reviewer: 'Ana', decision: 'reject', reasons: ['invented'] }, { reviewer: 'Ben', decision: 'approve' }] }])
  await overlap.settleConflict(cem, second?.id ?? 0, { decision: 'reject', reasons: ['invented'] })
  expect(captions.captionById(second?.captionId ?? 0).standing).toBe('rejected')
  expect(overlap.overlapById(opened.id)).toMatchObject({ open: 1, agreed: 1, conflict: 0, settled: 1 })
  expect(overlap.agreementReport(data.datasetId)).toMatchObject({ kinds: [{ kind: 'short', items: 2, agreement: 0.5 }], reasons: [{ reason: 'invented', items: 2, agreement: 0.5 }] })
})

test('random samples are mixed in at the share that was said, marked, and none comes twice', () => {
  const { items, used } = mix([1, 2, 3, 4, 5, 6, 7, 8, 9], [3, 50, 60], 10, 5)
  expect(items.filter((item) => item.random).map((item) => item.sampleId)).toEqual([50, 60])
  expect(items.map((item) => item.sampleId)).toEqual([1, 2, 3, 4, 50, 5, 6, 7, 8, 60])
  expect(used).toEqual({ ordered: 8, random: 3 })
  expect(mix([1, 2], [], 10, 5).items).toHaveLength(2)
})

test('a permutation takes every place once, by its seed, and favours no part of the range', () => {
  for (const range of [1, 2, 3, 10, 1000, 1025]) {
    const turn = permutation(range, 5)
    expect(new Set(Array.from({ length: range }, (_, i) => turn(i))).size).toBe(range)
  }
  const first = Array.from({ length: 4000 }, (_, seed) => permutation(1000, seed)(0))
  // 4,000 draws over ten tenths: 400 expected, standard deviation 19; five of them either way.
  for (let tenth = 0; tenth < 10; tenth++) expect(Math.abs(first.filter((one) => Math.floor(one / 100) === tenth).length - 400)).toBeLessThan(95)
})

test('disagreement is the distance of the two texts that are furthest apart', () => {
  expect(disagreement(['a brown dog', 'A brown dog.'])).toBe(0)
  expect(disagreement(['a brown dog', 'red car parked'])).toBe(1)
  expect(disagreement(['one text'])).toBe(0)
  expect(disagreement(['', ''])).toBe(0)
})

test('every order pages through all that match exactly once beside its random share', async () => {
  const data = kit.seed({ samples: 45, name: 'queue', alt: (i) => (i % 2 ? 'a brown dog lies on a mat' : 'buy now') })
  const score = ground.bulk().prepare(`INSERT INTO Score (captionId, metric, version, value) VALUES (?, 'alignment', 1, ?)`)
  data.alt.forEach((id, i) => score.run(id, (i * 7) % 45))
  expect(await queue.measureDisagreement(data.datasetId)).toBe(45)
  expect(await queue.measureDisagreement(data.datasetId)).toBe(0)
  const walk = (order: Parameters<typeof queue.queuePage>[0]['order'], every: number, seed = 1) => {
    const all: { sampleId: number; random: boolean }[] = []
    for (let after: string | undefined; ; ) {
      const page = queue.queuePage({ datasetId: data.datasetId, order, limit: 10, after, every, seed })
      all.push(...page.items)
      if (!page.next) return all
      after = page.next
    }
  }
  for (const order of ['imported', 'random', 'suspicious', 'disagreement', 'duplicates'] as const) {
    expect(walk(order, 0).map((item) => item.sampleId).sort((a, b) => a - b), order).toEqual(data.samples)
  }
  // Some without a score, some with two of the same value, some in groups: still each once, and the groups together.
  ground.bulk().prepare(`DELETE FROM Score WHERE metric = 'alignment' AND captionId IN (SELECT value FROM json_each(?))`).run(JSON.stringify(data.alt.slice(40)))
  ground.bulk().prepare(`UPDATE Sample SET groupId = 1 + id % 3 WHERE id IN (SELECT value FROM json_each(?))`).run(JSON.stringify(data.samples.slice(0, 12)))
  for (const order of ['suspicious', 'duplicates'] as const) expect(walk(order, 0).map((item) => item.sampleId).sort((a, b) => a - b), order).toEqual(data.samples)
  expect(walk('suspicious', 0).slice(40).map((item) => item.sampleId)).toEqual(data.samples.slice(40))
  const groups = walk('duplicates', 0).slice(0, 12).map((item) => item.sampleId % 3)
  expect(groups).toEqual(groups.toSorted((a, b) => a - b))
  const mixed = walk('suspicious', 5)
  expect(mixed.filter((item) => item.random).length).toBeGreaterThan(5)
  expect(new Set(mixed.map((item) => item.sampleId)).size).toBe(45)
  const suspicious = walk('suspicious', 0)
  expect(suspicious[0].sampleId).toBe(data.samples[0])
  expect(suspicious[1].sampleId).toBe(data.samples[13])
  expect((walk('disagreement', 0)[0].sampleId - data.samples[0]) % 2).toBe(0)
  const random = walk('random', 0)
  expect(random.every((item) => item.random)).toBe(true)
  expect(random).not.toEqual(walk('random', 0, 2))
  expect(random.map((item) => item.sampleId)).not.toEqual(data.samples)
  expect(() => queue.queuePage({ datasetId: data.datasetId, order: 'random', after: 'nonsense' })).toThrow('not a cursor')
})

test('a check is graded only with enough decisions', () => {
  const cases = (hit: number, alarm: number, missed: number, quiet: number) => [[hit, true, true], [alarm, true, false], [missed, false, true], [quiet, false, false]].flatMap(([n, flagged, bad]) => Array.from({ length: n as number }, () => ({ flagged: flagged as boolean, bad: bad as boolean })))
  const good = grade(cases(20, 5, 10, 15))
  expect(good).toMatchObject({ n: 50, enough: true, precision: { value: 0.8, n: 25 }, recall: { n: 30 } })
  expect(good.recall.value).toBeCloseTo(2 / 3, 10)
  expect(good.kappa).toBeCloseTo(0.4, 10)
  expect(good.words).toContain('80 %')
  expect(grade(cases(10, 5, 5, 9))).toMatchObject({ enough: false, words: 'not enough decisions' })
  expect(grade(cases(0, 0, 10, 30)).words).toBe('never raised among decided captions')
})

test('the report card holds rules to people’s own decisions, not to bulk steps', async () => {
  const data = kit.seed({ samples: 40, name: 'card', quarantined: [0, 1, 2, 3] })
  for (let i = 0; i < 35; i++) await store.decideCaption(ana, data.short[i], { decision: i < 3 || i === 10 ? 'reject' : 'approve' })
  const [card] = cards.reportCard(data.datasetId)
  expect(card).toMatchObject({ rule: 'refusal', n: 35, enough: true, precision: { value: 0.75, n: 4 }, recall: { value: 0.75, n: 4 } })
})
