import { describe, expect, it } from 'vitest'
import { restoreSpaces } from './words'

describe('restoreSpaces', () => {
  it.each([
    ['WEINVESTUP TO', 'WE INVEST UP TO'],
    ['United StatesCourtof Appeals', 'United StatesCourtof Appeals'], // mixed case: left alone
    ['opentothepublic', 'open to the public'],
    ['WELCOMETO', 'WELCOME TO'],
  ])('%s → %s', (read, spaced) => expect(restoreSpaces(read)).toBe(spaced))

  it.each(['FACEBOOK', 'YouTube', 'Snapchat', 'anything', 'download', 'Usability', 'HARDWARE', 'STOP', 'keyboards', 'qwertyuiop', 'N23456', ''])('leaves “%s” as it is', (read) => expect(restoreSpaces(read)).toBe(read))

  it('changes nothing but spaces', () => {
    for (const line of ['THEQUICKBROWNFOX', 'noparkinganytime', 'BRANDYWINERIVERMUSEUM']) expect(restoreSpaces(line).replaceAll(' ', '')).toBe(line)
  })
})
