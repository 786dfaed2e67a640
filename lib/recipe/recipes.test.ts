import { describe, expect, it } from 'vitest'
import { dataIn, withoutData } from '@/lib/captioner/delimit'
import { recipes, recipeStamp } from '.'
import { clean } from './clean'
import { describeRecipe } from './contract'
import { customId, customRecipe, fill, variablesOf } from './custom'
import { objectIn } from '@/lib/captioner/json'

recipes.all.forEach(describeRecipe)
const row = { name: 'My own', recipe: 'custom-my-own', version: 3, kind: 'mine', prompt: 'Describe {key} in German. It was called {alt} by {photographer}, {{not a variable}}. {title} {caption} {ocr}', maxWords: 50, author: 'ana', createdAt: '' }
describeRecipe(customRecipe(row))

describe('prompts', () => {
  const blocks = (id: string, more = {}) => Object.fromEntries(dataIn(recipes.get(id).prompt({ key: 'k', alt: 'Erin at PyCon', caption: 'A woman.', ocr: ['PYCON'], ...more }).user).map((one) => [one.name, one.text]))
  it('short and detailed look at the picture alone', () => {
    expect(blocks('short')).toEqual({})
    expect(blocks('detailed')).toEqual({})
  })
  it('realign gets the alt text, fuse both, correct what was said against the caption', () => {
    expect(blocks('realign')).toEqual({ 'alt-text': 'Erin at PyCon', 'text-on-picture': 'PYCON' })
    expect(blocks('fuse')).toMatchObject({ 'alt-text': 'Erin at PyCon', caption: 'A woman.' })
    expect(blocks('correct', { note: 'a man', contradicted: ['there is a dog', 'two cups'] })).toMatchObject({ caption: 'A woman.', note: 'a man', contradicted: 'there is a dog\ntwo cups' })
    expect(withoutData(recipes.get('correct').prompt({ key: 'k', caption: 'x', reasons: ['wrong-count', 'invented', 'no such reason'] }).user)).toContain('a number is wrong; it states something that is not there.')
  })
  it('carries a wish and at most eight examples', () => {
    const found = dataIn(recipes.get('short').prompt({ key: 'k', hint: 'name the breed', examples: Array.from({ length: 20 }, (_, i) => ({ before: `b${i}`, after: `a${i}` })) }).user)
    expect(found.filter((one) => one.name === 'after')).toHaveLength(8)
    expect(found.at(-1)).toEqual({ name: 'hint', text: 'name the breed' })
  })
  it('is stamped with its version', () => expect(recipeStamp(recipes.get('short'))).toBe('short@1'))
})

describe('structured', () => {
  const accept = (draft: string) => recipes.get('structured').accept(draft, { key: 'k' })
  const whole = { subject: 'a dog', background: 'a beach', style: 'photograph', camera: 'eye level', text: ['STOP'], relations: ['dog left of ball'], caption: 'A dog runs on a beach.' }
  it('keeps the parts and takes the prose', () => {
    const { caption, ...meta } = whole
    expect(accept(JSON.stringify(whole))).toEqual({ ok: true, text: caption, meta })
    expect(accept(`Here you are:\n\`\`\`json\n${JSON.stringify(whole, null, 2).replace('"\n}', '",\n}')}\n\`\`\`\nAnything else?`)).toEqual({ ok: true, text: caption, meta })
  })
  it('makes prose of parts that lack it', () => expect(accept('{"subject":"a dog","text":"STOP","relations":[{"a":"dog","is":"left of","b":"ball"}],"style":7}')).toMatchObject({ ok: true, text: 'A dog. Dog left of ball. Text reads "STOP". 7.', meta: { text: ['STOP'] } }))
  it('turns away half an object and an empty one', () => {
    expect(accept('{"subject": "a dog", "backgr')).toMatchObject({ ok: false })
    expect(accept('{}')).toMatchObject({ ok: false, why: 'The answer holds no text.' })
  })
})

describe('clean', () => {
  it.each([
    ["Here's a short caption for the image: A dog.", 'A dog.'],
    ['Caption: "A dog."', 'A dog.'],
    ['"Stop" and "Go" are painted on "walls"', '"Stop" and "Go" are painted on "walls"'],
    ['A dog.\u200B\u202E', 'A dog.'],
    ['Great grey owl on a branch', 'Great grey owl on a branch'],
    ['Sure-footed goat on a rock', 'Sure-footed goat on a rock'],
    ['A poster: caption contest', 'A poster: caption contest'],
  ])('%j → %j', (draft, text) => expect(clean(draft)).toBe(text))
  it('finds no object where there is none', () => expect(objectIn('a {curly} sign')).toBeUndefined())
})

describe('custom recipes', () => {
  it('put every variable in a block, and braces in data stay braces', () => {
    const user = fill(row.prompt, { key: 'a.jpg', alt: '{key} {{', meta: { photographer: { name: 'Ana' }, toString: 'x' } })
    expect(dataIn(user)).toEqual([{ name: 'key', text: 'a.jpg' }, { name: 'alt-text', text: '{key} {{' }, { name: 'photographer', text: '{"name":"Ana"}' }])
    expect(withoutData(user)).toContain('{not a variable}. (none) (none) (none)')
  })
  it('name their variables and need what they name', () => {
    expect(variablesOf('{a} {{b}} { a } {c d}')).toEqual(['a', 'c d'])
    expect(customRecipe(row).needs).toEqual(['caption'])
    expect(customRecipe({ ...row, prompt: '{alt}' }).needs).toBeUndefined()
  })
  it('does not reach inherited properties', () => expect(fill('{constructor}', { key: 'k', meta: {} })).toBe('(none)'))
  it('have an id of their name', () => {
    expect(customId('My own, 2nd try!')).toBe('custom-my-own-2nd-try')
    expect(customId('Überschrift')).toBe('custom-uberschrift')
    expect(customId('字幕')).toMatch(/^custom-[a-f0-9-]+$/)
  })
})
