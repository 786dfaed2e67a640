import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { readHeader } from './header'
import { inspectPicture } from './picture'

const drawn = () => sharp({ create: { width: 37, height: 21, channels: 3, background: '#396' } })
const pictures: [string, () => Promise<Buffer>][] = [
  ['JPEG', () => drawn().jpeg().toBuffer()],
  ['progressive JPEG', () => drawn().jpeg({ progressive: true }).toBuffer()],
  ['CMYK JPEG', () => drawn().toColourspace('cmyk').jpeg().toBuffer()],
  ['JPEG on its side', () => drawn().withMetadata({ orientation: 6 }).jpeg().toBuffer()],
  ['JPEG upside down', () => drawn().withMetadata({ orientation: 3 }).jpeg().toBuffer()],
  ['JPEG with a profile', () => drawn().withIccProfile('p3').jpeg().toBuffer()],
  ['PNG', () => drawn().png().toBuffer()],
  ['16-bit PNG', () => drawn().toColourspace('rgb16').png().toBuffer()],
  ['PNG on its side', () => drawn().withMetadata({ orientation: 8 }).png().toBuffer()],
  ['WebP', () => drawn().webp().toBuffer()],
  ['lossless WebP', () => drawn().webp({ lossless: true }).toBuffer()],
  ['GIF', () => drawn().gif().toBuffer()],
]

describe('the header of a picture', () => {
  it.each(pictures)('%s: says what the decoder says', async (_name, make) => {
    const bytes = await make()
    const { mime, width, height } = await inspectPicture(bytes)
    expect(readHeader(bytes)).toEqual({ mime, width, height, whole: true })
  })

  it.each(pictures)('%s: notices that the end is missing', async (_name, make) => {
    const bytes = await make()
    const cut = readHeader(bytes.subarray(0, bytes.length - 3))
    expect(cut?.whole ?? false).toBe(false)
  })

  it('says nothing of other bytes and never throws', async () => {
    expect(readHeader(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBeUndefined()
    expect(readHeader(new Uint8Array())).toBeUndefined()
    const seeds = await Promise.all(pictures.map(([, make]) => make()))
    fc.assert(fc.property(fc.constantFrom(...seeds), fc.nat(), fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { maxLength: 8 }), (seed, cut, edits) => {
      const bytes = Uint8Array.from(seed.subarray(0, cut % seed.length))
      for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value
      expect(() => readHeader(bytes)).not.toThrow()
    }), { numRuns: 2000 })
  })
})
