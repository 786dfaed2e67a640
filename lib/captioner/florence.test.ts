import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { describeCaptioner, plainPicture, requestFor } from './contract'
import { florenceCaptioner } from './florence'
import { florenceModels } from './florence-files'
import { makeTinyFlorence } from './florence.fixture'

const folder = mkdtempSync(path.join(tmpdir(), 'recaption-florence-'))
const model = makeTinyFlorence(folder)
const captioner = florenceCaptioner(folder)
afterAll(async () => {
  await captioner.close?.()
  rmSync(folder, { recursive: true, force: true })
})

describeCaptioner(async () => ({ captioner, request: { model } }))

describe('a local model', () => {
  it('writes from the pixels', async () => {
    for (const [colour, ...rgb] of [['red', 250, 10, 10], ['green', 10, 250, 10], ['blue', 10, 10, 250]] as const) {
      const draft = await captioner.write(await requestFor({ media: await plainPicture(...rgb), model, recipe: colour === 'red' ? 'short' : 'detailed' }), new AbortController().signal)
      expect(draft).toMatchObject({ text: `A ${colour} square`, finish: 'stop' })
    }
  })
  it('says when it ran into its limit', async () => {
    expect(await captioner.write(await requestFor({ model, params: { maxTokens: 3 } }), new AbortController().signal)).toMatchObject({ finish: 'length' })
  })
  it('names the files that are missing before it loads', async () => {
    const half = makeTinyFlorence(folder, 'test/half')
    rmSync(path.join(folder, half, 'onnx', 'decoder_model_merged.onnx'))
    rmSync(path.join(folder, half, 'tokenizer.json'))
    const error = captioner.write(await requestFor({ model: half }), new AbortController().signal)
    await expect(error).rejects.toMatchObject({ code: 'refused', detail: { missing: ['tokenizer.json', 'onnx/decoder_model_merged.onnx'] } })
  })
  it('is found below its folder, and never outside it', async () => {
    expect(florenceModels(folder)).toContain(model)
    expect(florenceModels(path.join(folder, 'nowhere'))).toEqual([])
    await expect(captioner.write(await requestFor({ model: '../etc' }), new AbortController().signal)).rejects.toMatchObject({ code: 'invalid' })
  })
  it('follows no free instruction, and says so', async () => {
    await expect(captioner.write(await requestFor({ model, recipe: 'realign' }), new AbortController().signal)).rejects.toMatchObject({ code: 'refused' })
  })
  it('its process can be ended in the middle; the next call starts another', async () => {
    const call = captioner.write(await requestFor({ model }), new AbortController().signal).then(() => 'written', (error: { code: string }) => error.code)
    await new Promise((resolve) => setTimeout(resolve, 5))
    await captioner.close?.()
    expect(['unavailable', 'written']).toContain(await call)
    expect((await captioner.write(await requestFor({ model }), new AbortController().signal)).text).toBe('A red square')
  })
})
