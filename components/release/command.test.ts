import { expect, test } from 'vitest'
import { ReleaseRequest } from '@/lib/export/schema'
import { commandOf } from './command'

test('a plain release is one short line', () =>
  expect(commandOf(ReleaseRequest.parse({ dataset: 'shop', format: 'jsonl' }), './again')).toBe('recaption export --dataset shop --format jsonl --out ./again --p 0.95 --seed 0 --standing approved,pending'))

test('everything that differs from the defaults is said, quoted for the shell', () => {
  const request = ReleaseRequest.parse({
    dataset: "Anna's shop", format: 'csv', p: 0.5, seed: 7, filter: 'kind:alt "free shipping" -dropped:yes', standings: ['approved'], weights: { detailed: 3, short: 1 }, mode: 'quota',
    images: 'reference', splits: { train: 0.9, val: 0.1 }, profile: 'spreadsheet', fallback: false, includeNothingRecognised: true,
  })
  expect(commandOf(request, './again')).toBe(
    `recaption export --dataset 'Anna'\\''s shop' --format csv --out ./again --p 0.5 --seed 7 --filter 'kind:alt "free shipping" -dropped:yes' --standing approved --weight detailed=3,short=1 --mode quota --images reference --splits train=0.9,val=0.1 --profile spreadsheet --no-fallback --nothing-recognised`,
  )
})
