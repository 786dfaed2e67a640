import { expect, test } from 'vitest'
import { bindingsOf, byGroup, isOfControl, isTyping, keymapOf, pressesAgain, rankOf, type Act } from './acts'

const act = (label: string, keys?: string, group?: string): Act => ({ label, keys, group, run: () => undefined })

test('an act may have several bindings', () => {
  expect(bindingsOf(act('next', 'j | ArrowRight'))).toEqual(['j', 'ArrowRight'])
  expect(bindingsOf(act('nothing'))).toEqual([])
})

test('what was registered later goes first', () => {
  const map = keymapOf([act('frame', 'g d'), act('screen', 'g d'), act('other', 'x')])
  expect(map.get('g d')?.label).toBe('screen')
  expect(map.size).toBe(2)
})

test('acts stand under their headings in order', () => {
  expect(byGroup([act('a', 'a', 'Go to'), act('b'), act('c', 'c', 'Go to')]).map(([group, acts]) => [group, acts.map((one) => one.label)])).toEqual([['Go to', ['a', 'c']], ['This screen', ['b']]])
})

test('keys typed into a field are text, unless a modifier is held', () => {
  const key = (target: unknown, ctrlKey = false, pressed = 'k') => isTyping({ target, key: pressed, ctrlKey, metaKey: false })
  expect(key({ tagName: 'INPUT', type: 'text' })).toBe(true)
  expect(key({ tagName: 'TEXTAREA' })).toBe(true)
  expect(key({ tagName: 'DIV', isContentEditable: true })).toBe(true)
  expect(key({ tagName: 'INPUT', type: 'checkbox' })).toBe(false)
  expect(key({ tagName: 'BUTTON' })).toBe(false)
  expect(key({ tagName: 'INPUT', type: 'text' }, true)).toBe(false)
  expect(key({ tagName: 'INPUT', type: 'text' }, true, 'a')).toBe(true)
  expect(key({ tagName: 'BUTTON' }, true, 'a')).toBe(false)
  expect(key(null)).toBe(false)
})

test('a control in focus keeps Enter, Space, Backspace and Tab for itself, and no letter', () => {
  const control = (target: unknown) => target === 'control'
  const wants = (key: string, target = 'control') => isOfControl({ target, key }, control)
  expect(['Enter', ' ', 'Backspace', 'Tab'].map((key) => wants(key))).toEqual([true, true, true, true])
  expect([wants('a'), wants('ArrowLeft'), wants('Enter', 'page')]).toEqual([false, false, false])
})

test('a held Enter presses a button once', () => {
  const button = (target: unknown) => target === 'button'
  const again = (key: string, repeat: boolean, target = 'button') => pressesAgain({ target, key, repeat }, button)
  expect(again('Enter', true)).toBe(true)
  expect([again('Enter', false), again(' ', true), again('Enter', true, 'page')]).toEqual([false, false, false])
})

test('what is typed finds acts by the beginnings of their words', () => {
  expect(rankOf('Samples Show as a list', 'list')).toBe(1)
  expect(rankOf('Samples Show as a list', 'list show')).toBe(0.5)
  expect(rankOf('Filter Put the cursor in the filter', 'list')).toBe(0)
  expect(rankOf('Anything', '')).toBe(1)
})
