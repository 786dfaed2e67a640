import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clashes, DEFAULT_KEYMAP, DESK_ACTS, faultOf, parseKeymap, PRESETS, pressOf } from './keymap'

test('every preset has a usable key for every act, and no key twice', () => {
  for (const preset of PRESETS) {
    expect(clashes(preset.keys)).toEqual([])
    for (const { id } of DESK_ACTS) expect(faultOf(preset.keys[id]), `${preset.id} ${id}`).toBeNull()
  }
})

test('a kept map comes back', () => {
  const mine = { ...DEFAULT_KEYMAP, approve: 'Alt+a' }
  expect(parseKeymap(JSON.stringify(mine))).toEqual(mine)
})

test.each([null, '', '{', '[]', '7', '{"approve":7}', '{"approve":"1"}', '{"approve":"Enter"}', '{"approve":"<script>"}', '{"approve":"x"}', '{"__proto__":"a","constructor":"b"}'])('hostile or clashing: %s', (text) => {
  expect(parseKeymap(text)).toEqual(DEFAULT_KEYMAP)
})

test('whatever was kept, the map is whole', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const keys = parseKeymap(text)
      expect(clashes(keys)).toEqual([])
      for (const { id } of DESK_ACTS) expect(faultOf(keys[id])).toBeNull()
    }),
  )
})

test('a press is spelled as its binding', () => {
  const press = (key: string, held: Partial<KeyboardEvent> = {}) => pressOf({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held })
  expect(press(' ')).toBe('Space')
  expect(press('Z', { ctrlKey: true, shiftKey: true })).toBe('$mod+Shift+z')
  expect(press('Shift', { shiftKey: true })).toBeNull()
})
