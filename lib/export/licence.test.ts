import { expect, test } from 'vitest'
import { licenceOf } from './licence'
import { Tally } from './tally'

test.each([
  [{ license: 'Attribution License', license_url: 'http://e.org' }, 'Attribution License'],
  [{ LICENSE: ' CC0-1.0 ' }, 'CC0-1.0'],
  [{ licence_name: 'CC-BY' }, 'CC-BY'],
  [{ license: 4 }, undefined],
  [{ license: '' }, undefined],
  [{ 'driving license': 'yes' }, undefined],
  [undefined, undefined],
])('%j came with %s', (meta, licence) => expect(licenceOf(meta)).toBe(licence))

test('licences are counted up to a ceiling', () => {
  const tally = new Tally()
  const chosen = { id: 1, kind: 'alt', origin: 'source' as const, standing: 'pending' as const, text: 'a', hash: '', words: 1, model: null, recipe: null, quarantined: false, retired: false }
  for (let i = 0; i < 300; i++) tally.add({ chosen, fallback: false }, undefined, i < 280 ? `own ${i}` : undefined)
  const { byLicence } = tally.result()
  expect(Object.keys(byLicence).length).toBe(101)
  expect(byLicence.others).toBe(180)
})
