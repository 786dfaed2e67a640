import { expect, test } from 'vitest'
import { datasetUrl, placeOf, sampleUrl } from './places'

test('names and keys with any characters make addresses', () => {
  expect(datasetUrl('web shop', '/review', { filter: 'flag:url', sort: '' })).toBe('/datasets/web%20shop/review?filter=flag%3Aurl')
  expect(sampleUrl('a', 'dir/ü #1.jpg')).toBe('/datasets/a/samples/dir%2F%C3%BC%20%231.jpg')
})

test('an address belongs to one place', () => {
  expect([placeOf('/datasets/a'), placeOf('/datasets/a/samples/x'), placeOf('/datasets/a/review'), placeOf('/datasets/a/releases/3'), placeOf('/datasets/a/about')]).toEqual(['inspect', 'inspect', 'review', 'releases', ''])
})
