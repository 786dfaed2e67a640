import { expect, test } from 'vitest'
import { shownCaption, standingWord } from './shown'

const captions = [{ id: 1, kind: 'alt' }, { id: 2, kind: 'short' }, { id: 5, kind: 'short' }, { id: 4, kind: 'detailed' }]

test('the kind asked for, its newest; else the alt text; else the newest', () => {
  expect(shownCaption(captions, 'short')?.id).toBe(5)
  expect(shownCaption(captions, 'none')?.id).toBe(1)
  expect(shownCaption(captions.slice(1))?.id).toBe(5)
  expect(shownCaption([])).toBeUndefined()
})

test('an edit reads as edited until it is rejected', () => {
  expect(standingWord({ standing: 'approved', origin: 'human', parentId: 3 })).toBe('edited')
  expect(standingWord({ standing: 'rejected', origin: 'human', parentId: 3 })).toBe('rejected')
  expect(standingWord({ standing: 'pending', origin: 'human' })).toBe('pending')
})
