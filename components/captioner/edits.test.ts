import { describe, expect, it } from 'vitest'
import { editsOf } from './edits'

type Captions = Parameters<typeof editsOf>[0][number]['captions']
const caption = (id: number, text: string, more: Partial<Captions[number]> = {}): Captions[number] => ({ id, text, kind: 'short', origin: 'model', standing: 'pending', version: 1, words: 2, tokens: null, quarantined: false, createdAt: '2026-01-01T00:00:00.000Z', ...more })

describe('edits that could be examples', () => {
  it('are a person’s texts made from another one that still stands beside them', () => {
    const before = caption(1, 'a dog')
    const edit = caption(2, 'a brown dog', { origin: 'human', standing: 'approved', parentId: 1 })
    expect(editsOf([{ captions: [before, edit] }])).toEqual([{ captionId: 2, before: 'a dog', after: 'a brown dog', cuts: { before: {}, after: {} } }])
    expect(editsOf([{ captions: [before, { ...edit, standing: 'rejected' }] }, { captions: [edit] }, { captions: [before, caption(3, 'x', { origin: 'human' })] }])).toEqual([])
  })
})
