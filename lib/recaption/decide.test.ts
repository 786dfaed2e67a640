import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Captioner } from '@/lib/captioner/types'
import { freshHome } from '@/lib/testing'
import type { RunAsked } from './schema'

let home: Awaited<ReturnType<typeof freshHome>>
let kit: typeof import('./testing')
let start: typeof import('./start')
let store: typeof import('./store')
let progress: typeof import('./progress-store')
let engine: typeof import('./run')
let back: typeof import('./rollback-store')
let captions: typeof import('@/lib/caption/store')
let head: typeof import('@/lib/caption/head').headOf
let sql: ReturnType<typeof import('@/lib/db').bulk>

beforeAll(async () => {
  home = await freshHome()
  kit = await import('./testing')
  start = await import('./start')
  store = await import('./store')
  progress = await import('./progress-store')
  engine = await import('./run')
  back = await import('./rollback-store')
  captions = await import('@/lib/caption/store')
  head = (await import('@/lib/caption/head')).headOf
  sql = (await import('@/lib/db')).bulk()
})
afterAll(() => home.remove())

let n = 0
const dataset = async (count: number) => ({ ...(await kit.seedDataset(`d${++n}`, count)), name: `d${n}` })
async function perform(asked: RunAsked, captioner: Captioner) {
  const { run } = await start.requestRun({ ...asked, captioner: captioner.id }, { captioner })
  await engine.executeRun(run, { signal: new AbortController().signal, owner: 'me', voices: { captioner } })
  return progress.runProgress(run)
}
const says = (text: (call: number) => string) => kit.scripted(({ n: call }) => ({ text: text(call), finish: 'stop' }), `scripted-${++n}`)
const heads = (samples: readonly number[], kind = 'short') => samples.map((id) => head(captions.captionsOf([id]), kind)?.text)
const reject = (datasetId: number, sampleId: number, captionId: number, reasons: string[], note = '') => {
  sql.prepare(`INSERT INTO Verdict (datasetId, captionId, sampleId, decision, reasons, note, reviewer) VALUES (?, ?, ?, 'reject', ?, ?, 'Ann')`).run(datasetId, captionId, sampleId, JSON.stringify(reasons), note)
  sql.prepare(`UPDATE Caption SET standing = 'rejected', version = version + 1 WHERE id = ?`).run(captionId)
}

describe('keep if better', () => {
  it('lets the new one speak only where it beats the old one; the loser stays as a row, and is not asked for again', async () => {
    const { name, samples } = await dataset(2)
    await perform({ dataset: name, recipe: 'short', model: 'old' }, says((call) => (call === 1 ? 'a fox' : 'a very large red fox that sits on a stone wall')))
    const before = heads(samples)
    const fresh = says(() => 'a red fox on a wall')
    const asked = { dataset: name, recipe: 'short', model: 'fresh', keepIfBetter: [{ metric: 'words' }] }
    expect(await perform(asked, fresh)).toMatchObject({ done: 2, kept: { fresh: 1, old: 1 } })
    const longer = before.findIndex((text) => text === 'a fox')
    expect(heads(samples)[longer]).toBe('a red fox on a wall')
    expect(heads(samples)[1 - longer]).toBe(before[1 - longer])
    expect(captions.captionsOf(samples).filter((caption) => caption.kind === 'short')).toHaveLength(4)
    expect(await perform(asked, fresh)).toMatchObject({ done: 0, skipped: 2 })
  })

  it('decides by agreement with the picture where that is asked for: the new one wins where it agrees better, loses where it agrees less', async () => {
    const { id, name, samples } = await dataset(2)
    const { keepSight } = await import('@/lib/captioner/builtin/sight-store')
    const dog = { name: 'dog', score: 0.9, box: [0.1, 0.2, 0.8, 0.9] as [number, number, number, number], area: 0.5, colour: null }
    const media = sql.prepare(`SELECT mediaId FROM Sample WHERE datasetId = ? ORDER BY id`).pluck().all(id) as number[]
    for (const mediaId of media) keepSight(mediaId, { width: 600, height: 400, type: 'photo', graphicScore: -2, blackAndWhite: false, brightness: 120, palette: [], objects: [dog], classes: { dog: { score: 0.9, area: 0.5, count: 1 } }, scene: {}, sceneShare: {}, lines: [], textArea: 0 })
    const old = says((call) => (call === 1 ? 'a giraffe in a garden' : 'a dog in a garden'))
    await perform({ dataset: name, recipe: 'short', model: 'old' }, old)
    const wrong = heads(samples).findIndex((text) => text === 'a giraffe in a garden')
    // The better one for the picture that was called a giraffe, the worse one for the other, in whatever order they come.
    const fresh = kit.scripted(({ request }) => ({ text: Buffer.compare(request.media, old.calls[0].media) === 0 ? 'a dog on the grass' : 'a giraffe on the grass', finish: 'stop' }), `scripted-${++n}`)
    expect(await perform({ dataset: name, recipe: 'short', model: 'fresh', keepIfBetter: [{ metric: 'alignment' }] }, fresh)).toMatchObject({ done: 2, kept: { fresh: 1, old: 1 } })
    expect(heads(samples)[wrong]).toBe('a dog on the grass')
    expect(heads(samples)[1 - wrong]).toBe('a dog in a garden')
  })

  it('lets the new one win where there is no old one', async () => {
    const { name, samples } = await dataset(1)
    expect(await perform({ dataset: name, recipe: 'short', keepIfBetter: [{ metric: 'alignment' }] }, says(() => 'a fox on a wall'))).toMatchObject({ done: 1 })
    expect(heads(samples)).toEqual(['a fox on a wall'])
  })
})

describe('roll-back', () => {
  it('takes a run out of play in one step and back, with verdicts and people’s edits untouched', async () => {
    const { id, name, samples } = await dataset(5)
    const captioner = says((call) => `a fox number ${call}`)
    const first = await perform({ dataset: name, recipe: 'short' }, captioner)
    const second = await perform({ dataset: name, recipe: 'short', another: true }, captioner)
    const [own] = captions.captionsOf([samples[0]]).filter((caption) => caption.runId === second.id)
    reject(id, samples[0], own.id, ['invented'])
    const [edit] = captions.insertCaptions([{ datasetId: id, sampleId: samples[0], text: 'edited', kind: 'short', origin: 'human', standing: 'approved', parentId: own.id }])
    const before = heads(samples)
    expect(back.rollBackRun('Ann', second.id)).toMatchObject({ captions: 5 })
    expect(() => back.rollBackRun('Ann', second.id)).toThrow('already')
    expect(store.runById(second.id).rolledBack).toBe(true)
    expect(heads(samples)[0]).toBe('edited')
    expect(captions.captionById(edit).retired).toBe(false)
    expect(captions.captionsOf(samples).filter((caption) => !caption.retired && caption.runId === second.id)).toEqual([])
    expect(heads(samples).slice(1)).toEqual(samples.slice(1).map((sample) => captions.captionsOf([sample]).find((caption) => caption.runId === first.id)?.text))
    expect(sql.prepare(`SELECT count(*) FROM Verdict WHERE captionId = ?`).pluck().get(own.id)).toBe(1)
    expect(back.undoRollBack('Ann', second.id)).toMatchObject({ captions: 5 })
    expect(heads(samples)).toEqual(before)
    expect(() => back.undoRollBack('Ann', second.id)).toThrow('not rolled back')
    expect(back.rollBackRun('Ann', second.id)).toMatchObject({ captions: 5 })
    expect(back.undoRollBack('Ann', second.id)).toMatchObject({ captions: 5 })
  })

  it('goes on with a roll-back that was cut short, and leaves losers of a comparison where they were', async () => {
    const { id, name, samples } = await dataset(2)
    await perform({ dataset: name, recipe: 'short', model: 'old' }, says(() => 'a very large red fox that sits'))
    const run = await perform({ dataset: name, recipe: 'short', model: 'fresh', keepIfBetter: [{ metric: 'words' }] }, says((call) => (call === 1 ? 'a fox' : 'a very very large red fox that sits there')))
    const lost = captions.captionsOf(samples).filter((caption) => caption.runId === run.id && caption.retired)
    expect(lost).toHaveLength(1)
    sql.prepare(`INSERT INTO Batch (datasetId, act, spec, reviewer, status, createdAt) VALUES (?, 'rollback', ?, 'Ann', 'open', '2026-01-01')`).run(id, JSON.stringify({ runId: run.id, stamp: '2026-01-01T00:00:00.000+00:00' }))
    expect(back.rollBackRun('Ann', run.id)).toMatchObject({ captions: 1 })
    expect(back.undoRollBack('Ann', run.id)).toMatchObject({ captions: 1 })
    expect(captions.captionById(lost[0].id).retired).toBe(true)
  })
})

describe('targeted', () => {
  it('mends everything rejected for a reason, gives the model what was wrong, keeps the kind, and shows before and after', async () => {
    const { id, name, samples } = await dataset(6)
    await perform({ dataset: name, recipe: 'detailed' }, says((call) => `the fox number ${call} left of the wall`))
    const made = captions.captionsOf(samples).filter((caption) => caption.kind === 'detailed')
    for (const caption of made.slice(0, 3)) reject(id, caption.sampleId, caption.id, ['wrong-relation'], 'it is on the right')
    reject(id, made[3].sampleId, made[3].id, ['invented'])
    captions.insertCaptions([{ datasetId: id, sampleId: made[2].sampleId, text: 'A person wrote this.', kind: 'detailed', origin: 'human', standing: 'approved' }])
    const mender = says((call) => `the fox number ${call} right of the wall`)
    const run = await perform({ dataset: name, recipe: 'correct', rejectedFor: 'wrong-relation' }, mender)
    expect(run).toMatchObject({ total: 3, done: 2, skipped: 1, skippedBecause: [{ why: 'human', count: 1 }] })
    expect(mender.calls[0].prompt.user).toContain('it is on the right')
    expect(mender.calls[0].prompt.user).toContain('left of the wall')
    const mended = captions.captionsOf(samples).filter((caption) => caption.recipe === 'correct@1')
    expect(mended.map((caption) => caption.kind)).toEqual(['detailed', 'detailed'])
    expect(progress.reasonsBeforeAfter(run.id)).toEqual([{ reason: 'wrong-relation', before: 2, after: 0, undecided: 2 }])
    expect(await perform({ dataset: name, recipe: 'correct', rejectedFor: 'wrong-relation' }, mender)).toMatchObject({ done: 0 })
    reject(id, mended[0].sampleId, mended[0].id, ['wrong-relation'])
    expect(progress.reasonsBeforeAfter(run.id)).toEqual([{ reason: 'wrong-relation', before: 2, after: 1, undecided: 1 }])
    expect(await perform({ dataset: name, recipe: 'correct', rejectedFor: 'wrong-relation' }, mender)).toMatchObject({ done: 1 })
  })
})

describe('a person’s text', () => {
  it('is never changed, never loses its place as head, whatever runs are asked for', async () => {
    const { id, name, samples } = await dataset(12)
    const bits = fc.tuple(fc.constantFrom('short', 'detailed', 'correct', 'realign', 'fuse'), fc.boolean(), fc.constantFrom('', 'kind:short', 'NOT flag:empty'), fc.boolean(), fc.option(fc.constantFrom('short', 'detailed'), { nil: undefined }))
    const people = samples.slice(0, 6).flatMap((sampleId, i) => captions.insertCaptions([{ datasetId: id, sampleId, text: `A person wrote ${i}.`, kind: i % 2 ? 'short' : 'detailed', origin: 'human', standing: i % 3 ? 'approved' : 'pending' }]))
    const rows = () => JSON.stringify(sql.prepare(`SELECT id, text, kind, origin, standing, version, retiredAt FROM Caption WHERE id IN (SELECT value FROM json_each(?)) OR origin = 'source' AND datasetId = ? ORDER BY id`).all(JSON.stringify(people), id))
    const before = rows()
    const captioner = says((call) => `a red fox number ${call} sits on a wall`)
    await fc.assert(
      fc.asyncProperty(bits, async ([recipe, another, filter, better, kind]) => {
        const run = await perform({ dataset: name, recipe, another, filter, kind, keepIfBetter: better ? [{ metric: 'words' }] : undefined }, captioner)
        if (another) back.rollBackRun('Ann', run.id)
        for (const personal of people.map(captions.captionById)) expect(head(captions.captionsOf([personal.sampleId]), personal.kind)?.id).toBe(personal.id)
        expect(rows()).toBe(before)
      }),
      { numRuns: 25 },
    )
    expect(captioner.calls.length).toBeGreaterThan(20)
  })
})
