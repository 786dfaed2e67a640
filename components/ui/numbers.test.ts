import { expect, test } from 'vitest'
import { counted, formatBytes, formatCount, formatPercent, formatShare } from './numbers'
import { absoluteTime, relativeTime } from './time'
import { shownKeys } from './key-names'
import { themeOf } from './theme'

test('counts have separators', () => {
  expect(formatCount(1_204_000)).toBe('1,204,000')
  expect(counted(1, 'sample')).toBe('1 sample')
  expect(counted(2, 'entry', 'entries')).toBe('2 entries')
})

test('a share says none and all only when it is so', () => {
  expect([formatShare(0, 10), formatShare(10, 10), formatShare(1, 1000), formatShare(999, 1000), formatShare(1, 3), formatShare(0, 0)]).toEqual(['0 %', '100 %', '<1 %', '>99 %', '33 %', '–'])
})

test('bytes keep three figures', () => {
  expect([formatBytes(0), formatBytes(999), formatBytes(1500), formatBytes(250_000_000)]).toEqual(['0 B', '999 B', '1.5 kB', '250 MB'])
})

test('times are relative to now', () => {
  const now = Date.parse('2026-01-02T12:00:00Z')
  expect(relativeTime('2026-01-02T11:59:30Z', now)).toBe('just now')
  expect(relativeTime('2026-01-02T11:57:00Z', now)).toBe('3 minutes ago')
  expect(relativeTime('2026-01-01T11:00:00Z', now)).toBe('yesterday')
  expect(absoluteTime('2026-01-02T11:57:00.123+00:00')).toBe('2026-01-02 11:57:00 UTC')
})

test('keys read as on the caps', () => {
  expect(shownKeys('g d')).toEqual(['G', 'D'])
  expect(shownKeys('$mod+k')).toEqual(['Ctrl K'])
  expect(shownKeys('Shift+ArrowDown')).toEqual(['Shift ↓'])
  expect(shownKeys('[Shift]+?')).toEqual(['?'])
})

test('an unknown theme is the system’s', () => {
  expect([themeOf('dark'), themeOf('purple'), themeOf(undefined)]).toEqual(['dark', 'system', 'system'])
})

test('a percentage never hides what is there', () => expect([0, 0.04, 3.25, 12.34, 99.9, 100].map(formatPercent)).toEqual(['0 %', '<0.1 %', '3.3 %', '12 %', '>99 %', '100 %']))
