import { describe, expect, it } from 'vitest'
import { colourName, dominantColour, palette } from './colour'
import { readScene, SCENE_GRID } from './scene'
import { commonestShare, flatShare, graphicScore, light, typeOf } from './statistics'
import { readLetters, textRegions } from './text-regions'

const paint = (width: number, height: number, colourAt: (x: number, y: number) => readonly number[]) => ({ width, height, data: Uint8Array.from({ length: width * height * 3 }, (_, i) => colourAt(Math.floor(i / 3) % width, Math.floor(i / 3 / width))[i % 3]) })

describe('colourName', () => {
  it.each([
    [[255, 0, 0], 'red'], [[250, 240, 30], 'yellow'], [[30, 140, 40], 'green'], [[40, 80, 220], 'blue'], [[10, 10, 10], 'black'],
    [[250, 250, 250], 'white'], [[128, 128, 128], 'gray'], [[255, 140, 0], 'orange'], [[120, 70, 30], 'brown'], [[255, 182, 193], 'pink'],
  ] as const)('%j is %s', ([r, g, b], name) => expect(colourName(r, g, b)).toBe(name))
})

describe('colours of a picture', () => {
  const halves = paint(40, 20, (x) => (x < 30 ? [220, 20, 20] : [30, 60, 220]))
  it('adds up, largest first', () => expect(palette(halves)).toEqual([{ name: 'red', share: 0.75 }, { name: 'blue', share: 0.25 }]))
  it('is looked for inside the box', () => {
    expect(dominantColour(halves, [0.8, 0, 1, 1])).toEqual({ name: 'blue', share: 1 })
    expect(dominantColour(paint(12, 12, (x) => [[255, 0, 0], [0, 160, 0], [0, 0, 255]][x % 3]), [0, 0, 1, 1], 0)).toBeNull()
  })
  it('stays inside the picture for boxes of no size', () => expect(dominantColour(halves, [1, 1, 1, 1])?.name).toBe('blue'))
})

describe('picture type', () => {
  const flat = paint(64, 64, () => [240, 240, 240])
  let state = 1
  const noisy = paint(64, 64, () => [0, 1, 2].map(() => (state = (state * 16807) % 2147483647) % 256))
  it('tells a flat drawing from noise', () => {
    expect(flatShare(flat)).toBe(1)
    expect(flatShare(noisy)).toBeLessThan(0.1)
    expect(commonestShare(flat)).toBe(1)
    const score = (picture: typeof flat) => graphicScore({ flat: flatShare(picture), commonest: commonestShare(picture), textLines: 0, objects: 0 })
    expect([typeOf(score(flat), 0), typeOf(score(flat), 12), typeOf(score(noisy), 12)]).toEqual(['graphic', 'screenshot', 'photo'])
  })
  it('knows a picture without colour', () => {
    expect(light(flat)).toEqual({ brightness: expect.closeTo(240, 3), blackAndWhite: true })
    expect(light(noisy).blackAndWhite).toBe(false)
  })
  it('survives a single pixel', () => {
    const dot = paint(1, 1, () => [1, 2, 3])
    expect([flatShare(dot), commonestShare(dot)]).toEqual([0, 1])
  })
})

describe('scene head', () => {
  it('gives probabilities, and shares that add up to one', () => {
    const { probability, share } = readScene(new Float32Array(576 * 361), paint(SCENE_GRID, SCENE_GRID, () => [120, 160, 230]))
    expect(Object.values(probability).every((p) => p >= 0 && p <= 1)).toBe(true)
    expect(Object.values(share).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6)
    expect(() => readScene(new Float32Array(3), paint(SCENE_GRID, SCENE_GRID, () => [0, 0, 0]))).toThrow(/reads 207936/)
  })
})

describe('text', () => {
  it('finds a line, grown back, and no specks', () => {
    const map = new Float32Array(100 * 40)
    for (let y = 10; y < 20; y++) for (let x = 20; x < 70; x++) map[y * 100 + x] = 0.9
    map[35 * 100 + 90] = 1
    const [line, ...more] = textRegions(map, 100, 40)
    expect(more).toEqual([])
    const grown = (50 * 10 * 1.6) / (2 * 60)
    expect(line[0]).toBeCloseTo((20 - grown) / 100, 6)
    expect(line[3]).toBeCloseTo((19 + grown) / 40, 6)
  })
  it('merges repeats, and keeps doubles that a blank parts', () => {
    const letters = ['', 'o', 'k', ' ']
    const steps = [1, 1, 0, 1, 2, 0, 3]
    const probabilities = Float32Array.from(steps.flatMap((best) => letters.map((_, i) => (i === best ? 0.9 : 0.1 / 3))))
    const { text, score } = readLetters(probabilities, letters)
    expect(text).toBe('ook')
    expect(score).toBeCloseTo(0.9, 5)
  })
})
