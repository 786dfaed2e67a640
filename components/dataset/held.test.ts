import { expect, test } from 'vitest'
import { heldBack } from './held'

test.each([
  ['flag:url', 'flag:url'],
  ['  flag:url ', 'flag:url'],
  ['', ''],
  ['words:<', 'words:<'], // came with the address; the screens refuse it themselves
])('%j over %j holds nothing back', (draft, applied) => {
  expect(heldBack(draft, applied)).toBe('')
})

test('a draft that is not applied holds steps back, and says whether it can be read', () => {
  expect(heldBack('flag:url words:<4', 'flag:url')).toMatch(/not applied yet/)
  expect(heldBack('', 'flag:url')).toMatch(/not applied yet/)
  expect(heldBack('flag:url words:<', 'flag:url')).toMatch(/cannot be read/)
  expect(heldBack('flag:url (', '')).toMatch(/cannot be read/)
})
