import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshHome } from '@/lib/testing'

let home: Awaited<ReturnType<typeof freshHome>>
let store: typeof import('./store')
beforeAll(async () => {
  home = await freshHome()
  store = await import('./store')
})
afterAll(() => home.remove())

const own = { name: 'House style', kind: 'styled', prompt: 'Describe {alt}.', maxWords: 40 }

describe('recipes of a person’s own', () => {
  it('are versioned: a change is a new version, the same again is not', async () => {
    expect(await store.saveCustomRecipe('ana', own)).toMatchObject({ recipe: 'custom-house-style', version: 1, author: 'ana' })
    expect(await store.saveCustomRecipe('ben', own)).toMatchObject({ version: 1, author: 'ana' })
    expect(await store.saveCustomRecipe('ben', { ...own, prompt: 'Say {alt}.' })).toMatchObject({ version: 2 })
    expect((await store.customVersions('custom-house-style')).map((row) => row.prompt)).toEqual(['Say {alt}.', 'Describe {alt}.'])
  })
  it('are found by id, newest or by version', async () => {
    expect((await store.recipeById('custom-house-style')).version).toBe(2)
    expect((await store.recipeById('custom-house-style', 1)).prompt({ key: 'k', alt: 'x' }).user).toContain('Describe')
    expect((await store.recipeById('short')).kind).toBe('short')
    await expect(store.recipeById('nope')).rejects.toMatchObject({ code: 'not_found', message: expect.stringContaining('custom-house-style') as string })
  })
  it('stand in the list behind the built-in ones', async () => {
    const cards = await store.recipeCards()
    expect(cards.map((card) => card.id)).toEqual(['short', 'detailed', 'realign', 'fuse', 'correct', 'structured', 'custom-house-style'])
    expect(cards.at(-1)).toMatchObject({ version: 2, custom: true, prompt: 'Say {alt}.' })
  })
})

it('examples are kept once, and can be taken back', async () => {
  const example = { recipe: 'short', captionId: 7, before: 'a', after: 'b', author: 'ana' }
  await store.addExample(example)
  await store.addExample({ ...example, after: 'c' })
  expect(await store.examplesOf('short')).toEqual([example])
  expect(await store.removeExample('short', 7)).toBe(true)
  expect(await store.examplesOf('short')).toEqual([])
})
