import { describe, expect, it } from 'vitest'
import { isAppError } from '@/lib/errors'
import { encodePixels } from '@/lib/media/picture'
import type { Captioner, CaptionRequest } from './types'

/** A picture of one colour, for calls that must be cheap. */
export const plainPicture = async (red = 200, green = 40, blue = 40, side = 64): Promise<Uint8Array> => {
  const data = new Uint8Array(side * side * 3)
  for (let i = 0; i < data.length; i += 3) data.set([red, green, blue], i)
  return (await encodePixels({ data, width: side, height: side }, 'png')).bytes
}

export const requestFor = async (more: Partial<CaptionRequest> = {}): Promise<CaptionRequest> => ({
  media: await plainPicture(),
  mime: 'image/png',
  recipe: 'short',
  kind: 'short',
  prompt: { system: 'Write captions.', user: 'Name the main subject.' },
  model: '',
  params: {},
  ...more,
})

/** What every captioner keeps. `make` gives one that is ready to write; slow ones may take `timeout` ms a test. */
export function describeCaptioner(make: () => Promise<{ captioner: Captioner; request?: Partial<CaptionRequest> }>, timeout = 60_000): void {
  let made: ReturnType<typeof make> | undefined
  const started = () => (made ??= make())
  const write = async (more: Partial<CaptionRequest> = {}, signal = new AbortController().signal) => {
    const { captioner, request } = await started()
    return captioner.write(await requestFor({ ...request, ...more }), signal)
  }

  describe('as every captioner', () => {
    it('has an id that can be stored, and a label', async () => {
      const { captioner } = await started()
      expect(captioner.id).toMatch(/^[a-z][a-z0-9-]*$/)
      expect(captioner.label.trim()).not.toBe('')
    })
    it('names its models', async () => {
      const models = await (await started()).captioner.models()
      expect(new Set(models).size).toBe(models.length)
      for (const model of models) expect(model.trim()).not.toBe('')
    }, timeout)
    it('writes a text, never an empty one', async () => {
      const draft = await write()
      expect(draft.text.trim()).not.toBe('')
      expect(['stop', 'length', 'filtered']).toContain(draft.finish)
      for (const evidence of draft.evidence ?? []) expect(evidence.says.trim()).not.toBe('')
    }, timeout)
    it('refuses what is no picture', async () => {
      const error = await write({ media: new TextEncoder().encode('no picture'), mime: 'image/png' }).catch((thrown: unknown) => thrown)
      expect(isAppError(error) && ['refused', 'invalid'].includes(error.code)).toBe(true)
    }, timeout)
    it('makes a picture ready once, and again changes nothing', async () => {
      const { captioner, request } = await started()
      const ready = await captioner.prepare?.(await requestFor({ ...request, media: await plainPicture(9, 9, 9, 1100) }))
      if (ready) expect(await captioner.prepare?.(ready)).toEqual(ready)
    }, timeout)
    it('honours a signal that was given before', async () => {
      await expect(write({}, AbortSignal.abort())).rejects.toBeInstanceOf(Error)
    }, timeout)
    it('still writes after a call that was stopped', async () => {
      const stop = new AbortController()
      const call = write({}, stop.signal).catch(() => undefined)
      stop.abort()
      await call
      expect((await write()).text.trim()).not.toBe('')
    }, timeout)
  })
}
