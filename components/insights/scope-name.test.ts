import { expect, test } from 'vitest'
import { columnsOf, scopeName } from './scope-name'

const kinds = [{ scope: { kind: 'short' } }, { scope: { kind: 'short', origin: 'model', model: 'builtin', recipe: 'short@1' } }, { scope: { kind: 'alt' } }, { scope: { kind: 'alt', origin: 'human', model: null, recipe: null } }]

test('the originals stand first, beside whole kinds or what each recipe wrote', () => {
  expect(columnsOf(kinds, 'kind').map((one) => scopeName(one))).toEqual([{ kind: 'alt', by: 'the originals' }, { kind: 'short', by: 'all of this kind' }])
  expect(columnsOf(kinds, 'recipe').map((one) => scopeName(one))).toEqual([{ kind: 'alt', by: 'the originals' }, { kind: 'short', by: 'builtin · short@1' }, { kind: 'alt', by: 'human' }])
})
