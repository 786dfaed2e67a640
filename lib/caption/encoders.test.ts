import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'
import { unigramFile } from './tokenizer-fixture'

let home: string
let remove: () => Promise<void>
let encoders: typeof import('./encoders')
let cutsOf: typeof import('./cuts').cutsOf
const place = (name: string) => path.join(home, 'models', 'tokenizers', name)
const cats = (n: number) => Array.from({ length: n }, () => 'cat').join(' ')

beforeAll(async () => {
  ;({ home, remove } = await freshHome())
  encoders = await import('./encoders')
  ;({ cutsOf } = await import('./cuts'))
  mkdirSync(place('siglip'), { recursive: true })
})
afterAll(() => remove())

test('without a file an encoder is estimated and says where a file belongs', async () => {
  await encoders.encodersReady(true)
  expect(encoders.encoderStates()).toEqual([{ encoder: 't5', exact: false, why: '', place: 'models/tokenizers/t5.json' }, { encoder: 'siglip', exact: false, why: '', place: 'models/tokenizers/siglip.json' }])
  expect(encoders.placesIn('t5', cats(3), 3)).toBe(5)
  expect(cutsOf(cats(60))).toEqual({})
})

test('a file that is placed is counted by, an encoder in a folder of its own too', async () => {
  const before = encoders.encodersStamp()
  writeFileSync(place('t5.json'), unigramFile([['▁cat', -1]]))
  writeFileSync(place('siglip/tokenizer.json'), unigramFile([['▁', -1], ['c', -1], ['a', -1], ['t', -1]]))
  await encoders.encodersReady(true)
  expect(encoders.encoderStates().map((one) => one.exact)).toEqual([true, true])
  expect(encoders.encodersStamp()).not.toBe(before)
  expect(encoders.placesIn('t5', cats(3), 3)).toBe(4)
  expect(encoders.placesIn('siglip', cats(3), 3)).toBe(13)
  // 4 pieces a word and the end mark: 15 words fit 64 places
  expect(cutsOf(cats(60))).toEqual({ 'siglip-64': cats(15).length })
  // an estimate would cut 200 words at 256 places; T5's own tokenizer reads all of them
  expect(cutsOf(cats(200))).toMatchObject({ 't5-256': null })
})

test('one that cannot be read says why, and the estimate stands', async () => {
  writeFileSync(place('t5.json'), '{"model":')
  await encoders.encodersReady(true)
  expect(encoders.encoderStates()[0]).toMatchObject({ exact: false, why: expect.stringContaining('t5.json is not a tokenizer.json') as string })
  expect(encoders.placesIn('t5', cats(3), 3)).toBe(5)
})

test('one that is taken away is forgotten', async () => {
  rmSync(place('siglip/tokenizer.json'))
  await encoders.encodersReady(true)
  expect(encoders.tokenizerOf('siglip')).toBeNull()
})
