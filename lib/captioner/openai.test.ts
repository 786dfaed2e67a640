import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isAppError, type AppError } from '@/lib/errors'
import { describeCaptioner, plainPicture, requestFor } from './contract'
import { FAULTS, type Fault } from './endpoint-faults'
import { tokenLimitField } from './endpoint'
import { startEndpoint, type EndpointServer } from './endpoint-server'
import { chatBytes, openaiCaptioner } from './openai'
import { retryAfterMs } from './openai-fault'
import { saidIn } from './openai-said'
import type { CaptionRequest } from './types'

const KEY = 'canary-key-9f3b7a61'
const dataUri = async (media: Uint8Array, longestSide: number) => /"url":"([^"]*)"/.exec((await chatBytes({ media, prompt: { system: 's', user: 'u' }, model: 'm', params: { longestSide } }, 'http://127.0.0.1/v1')).toString())?.[1] ?? ''
const TIMEOUT = 1500
let server: EndpointServer
beforeAll(async () => {
  server = await startEndpoint()
})
afterAll(() => server.close())

const captioner = openaiCaptioner({ id: 'openai', label: 'Test endpoint', resolve: async () => ({ baseURL: server.baseURL, key: KEY, timeoutMs: TIMEOUT }) })
const write = async (more: Partial<CaptionRequest> = {}, signal = new AbortController().signal) => captioner.write(await requestFor({ model: 'test-model', ...more }), signal)
const failing = async (fault: Fault, more: Partial<CaptionRequest> = {}): Promise<AppError> => {
  server.set({ schedule: () => fault })
  const error = await write(more).then(() => undefined, (thrown: unknown) => thrown)
  server.set({ schedule: undefined })
  if (!isAppError(error)) throw new Error(`expected an AppError, got ${inspect(error)}`)
  return error
}

describeCaptioner(async () => ({ captioner, request: { model: 'test-model' } }))

describe('a call', () => {
  it('sends instruction, data and picture as agreed, and gives text and usage', async () => {
    const draft = await write({ prompt: { system: 'Ours.', user: 'Look.' }, params: { temperature: 0.3, maxTokens: 50, seed: 7, detail: 'low', longestSide: 32 } })
    expect(draft).toMatchObject({ text: expect.stringMatching(/^A .+\.$/) as string, finish: 'stop', usage: { inputTokens: 400 } })
    const { body } = server.calls.at(-1) ?? {}
    expect(body).toMatchObject({ model: 'test-model', max_tokens: 50, temperature: 0.3, seed: 7 })
    const [system, user] = body?.messages as { role: string; content: unknown }[]
    expect(system).toEqual({ role: 'system', content: 'Ours.' })
    expect(user.content).toEqual([{ type: 'text', text: 'Look.' }, { type: 'image_url', image_url: { url: expect.stringMatching(/^data:image\/jpeg;base64,/) as string, detail: 'low' } }])
  })
  it('differs by picture, and is the same for the same', async () => {
    const [one, same, other] = [await write(), await write(), await write({ media: await plainPicture(1, 2, 250) })]
    expect(one.text).toBe(same.text)
    expect(one.text).not.toBe(other.text)
  })
  it('names the models there are', async () => expect(await captioner.models()).toEqual(['test-model', 'test-model-mini']))
  it('asks for JSON where there is a schema, and falls back where the endpoint knows none', async () => {
    const prompt = { system: 's', user: 'u', schema: { type: 'object', properties: { subject: { type: 'string' } } } }
    expect(JSON.parse((await write({ prompt })).text)).toEqual({ subject: expect.any(String) as string })
    server.set({ noSchema: true })
    const before = server.counts.calls
    expect((await write({ prompt, model: 'plain' })).text).toMatch(/^A /)
    expect(server.counts.calls - before).toBe(2)
    await write({ prompt, model: 'plain' })
    expect(server.counts.calls - before).toBe(3)
    server.set({ noSchema: false })
  })
  it('names its limit of tokens as the endpoint does, and changes it where that is refused', async () => {
    expect(['https://api.openai.com/v1', 'https://eu.api.openai.com/v1', 'https://mine.openai.azure.com/openai/v1'].map(tokenLimitField)).toEqual(Array(3).fill('max_completion_tokens'))
    expect(['https://openrouter.ai/api/v1', 'https://notopenai.azure.com/v1', 'https://api.openai.com.example.org/v1'].map(tokenLimitField)).toEqual(Array(3).fill('max_tokens'))
    server.set({ schedule: ({ body }) => ('max_tokens' in body ? '400-max-tokens' : undefined) })
    const before = server.counts.calls
    await write({ model: 'newer' })
    expect(server.calls.at(-1)?.body).toMatchObject({ max_completion_tokens: 1000 })
    await write({ model: 'newer' })
    expect(server.counts.calls - before).toBe(3)
    const prompt = { system: 's', user: 'u', schema: { type: 'object', properties: { subject: { type: 'string' } } } }
    server.set({ noSchema: true })
    await write({ prompt, model: 'newer and plain' })
    expect(server.counts.calls - before).toBe(6)
    server.set({ schedule: undefined, noSchema: false })
  })
  it('stops with its signal', async () => {
    server.set({ schedule: () => 'hang' })
    const before = performance.now()
    await expect(write({}, AbortSignal.timeout(100))).rejects.toMatchObject({ code: 'unavailable', detail: { cause: 'stopped' } })
    expect(performance.now() - before).toBeLessThan(1000)
    server.set({ schedule: undefined })
  })
})

describe('the picture', () => {
  it('goes as it is when it is ready, smaller when it is not', async () => {
    const picture = await plainPicture(1, 2, 3, 64)
    expect(await dataUri(picture, 64)).toBe(`data:image/png;base64,${Buffer.from(picture).toString('base64')}`)
    const shrunk = Buffer.from((await dataUri(picture, 32)).split(',')[1], 'base64')
    const { inspectPicture } = await import('@/lib/media/picture')
    expect(await inspectPicture(shrunk)).toMatchObject({ mime: 'image/jpeg', width: 32, height: 32 })
  })
  it('is written into the body in pieces, every byte of it', async () => {
    const { encodePixels } = await import('@/lib/media/picture')
    for (const side of [150, 260, 261]) {
      const { bytes } = await encodePixels({ data: randomBytes(side * side * 3), width: side, height: side }, 'png')
      expect(bytes.length).toBeGreaterThan(48 * 1024)
      expect(await dataUri(bytes, 512)).toBe(`data:image/png;base64,${Buffer.from(bytes).toString('base64')}`)
    }
  })
  it('made ready before the call is what the call would have sent', async () => {
    const request = await requestFor({ model: 'm', media: await plainPicture(1, 2, 3, 64), params: { longestSide: 32 } })
    const ready = await captioner.prepare?.(request)
    expect(ready?.media.length).not.toBe(request.media.length)
    expect(await chatBytes(ready ?? request, server.baseURL)).toEqual(await chatBytes(request, server.baseURL))
  })
  it('never goes with its metadata', async () => {
    const picture = Buffer.from(await plainPicture())
    const chunk = Buffer.concat([Buffer.from([0, 0, 0, 4]), Buffer.from('eXIf'), Buffer.from('MM\0*'), Buffer.alloc(4)])
    const tagged = Buffer.concat([picture.subarray(0, 33), chunk, picture.subarray(33)])
    expect(await dataUri(tagged, 64)).toMatch(/^data:image\/jpeg/)
  })
})

describe('faults', () => {
  const table: Partial<Record<Fault, [code: string, detail: object]>> = {
    '429': ['unavailable', { cause: 'rate' }],
    '429-after': ['unavailable', { cause: 'rate', retryAfterMs: 1000 }],
    '429-date': ['unavailable', { cause: 'rate' }],
    '429-words': ['unavailable', { cause: 'rate', retryAfterMs: 61_200 }],
    '429-details': ['unavailable', { cause: 'rate', retryAfterMs: 12_000 }],
    quota: ['unavailable', { cause: 'quota', quota: true }],
    '400': ['refused', { cause: 'request', status: 400 }],
    '400-filter': ['refused', { cause: 'filtered' }],
    '401': ['refused', { cause: 'auth', auth: true }],
    '403': ['refused', { cause: 'auth', auth: true }],
    '403-flagged': ['refused', { cause: 'filtered', status: 403 }],
    '403-reasons': ['refused', { cause: 'filtered', status: 403 }],
    '403-account': ['refused', { cause: 'auth', auth: true }],
    '404': ['refused', { cause: 'request', status: 404 }],
    '500': ['unavailable', { cause: 'server', status: 500 }],
    '502': ['unavailable', { cause: 'server', status: 502 }],
    '503': ['unavailable', { cause: 'server', status: 503, retryAfterMs: 1000 }],
    reset: ['unavailable', { cause: 'connection' }],
    hang: ['unavailable', { cause: 'timeout' }],
    half: ['unavailable', { cause: 'connection' }],
    trickle: ['unavailable', { cause: 'timeout' }],
    'bad-json': ['unavailable', { cause: 'not-json' }],
    html: ['unavailable', { cause: 'not-json' }],
    'empty-object': ['unavailable', { cause: 'malformed' }],
    'empty-choices': ['unavailable', { cause: 'empty' }],
    'empty-text': ['unavailable', { cause: 'empty' }],
    null: ['unavailable', { cause: 'empty' }],
    'tool-call': ['unavailable', { cause: 'empty' }],
    nul: ['unavailable', { cause: 'malformed' }],
    'refusal-field': ['refused', { cause: 'refusal' }],
    'filtered-empty': ['refused', { cause: 'filtered' }],
    'broken-off': ['unavailable', { cause: 'server', usage: { inputTokens: 400 } }],
    'broken-off-error': ['unavailable', { cause: 'server', usage: { inputTokens: 400 } }],
    'error-within': ['unavailable', { cause: 'rate', status: 429, retryAfterMs: 2000 }],
    'error-within-quota': ['unavailable', { cause: 'quota', quota: true }],
    'error-within-words': ['unavailable', { cause: 'server' }],
    huge: ['refused', { cause: 'too-large' }],
    'gzip-bomb': ['refused', { cause: 'too-large' }],
    redirect: ['refused', { cause: 'redirect' }],
  }
  it.each(Object.entries(table))('%s', async (fault, [code, detail]) => {
    const calls = server.counts.calls
    const error = await failing(fault as Fault)
    expect(error).toMatchObject({ code, detail })
    expect(error.message.length).toBeGreaterThan(20)
    expect(`${inspect(error, { depth: 9, showHidden: true })}${JSON.stringify(error)}`).not.toContain(KEY)
    expect(server.counts.calls - calls, 'the SDK does not retry').toBe(1)
  })
  it.each([['broken-off-error', 'Provider disconnected'], ['error-within-words', 'The model runner has stopped'], ['429-details', 'asks to wait: 429 You exceeded your current quota.']] as const)('%s says why', async (fault, why) => expect((await failing(fault)).message).toContain(why))
  it('an answer that was cut or filtered is given with how it ended', async () => {
    server.set({ schedule: () => 'length' })
    expect(await write()).toMatchObject({ finish: 'length', text: 'A red fox stands beside the' })
    server.set({ schedule: () => 'content_filter' })
    expect(await write()).toMatchObject({ finish: 'filtered' })
    server.set({ schedule: undefined })
  })
  it('every fault of the server is in this table or is an answer', () => {
    expect(FAULTS.filter((fault) => !table[fault])).toEqual(['400-max-tokens', 'refusal', 'length', 'content_filter'])
  })
  it('a redirect sends neither picture nor key', () => expect(server.elsewhere).toEqual([]))
  it('300 MB do not fill the memory', async () => {
    const before = process.memoryUsage().rss
    await failing('huge')
    expect(process.memoryUsage().rss - before).toBeLessThan(50 << 20)
  })
  it('an endpoint that is not there is said to be so', async () => {
    const gone = openaiCaptioner({ id: 'x', label: 'x', resolve: async () => ({ baseURL: 'http://127.0.0.1:9/v1', timeoutMs: TIMEOUT }) })
    await expect(gone.write(await requestFor({ model: 'm' }), new AbortController().signal)).rejects.toMatchObject({ code: 'unavailable', detail: { cause: 'connection' } })
  })
})

it.each([
  ['Please try again in 20s.', 20_000],
  ['Please try again in 6m0s.', 360_000],
  ['try again in 120ms', 120],
  ['Please retry in 23.456s.', 23_456],
  ['Please retry after 6 seconds.', 6000],
  ['Try again in 1h2m3s', 3_723_000],
  ['Please try again in 5 more steps.', undefined],
  ['Please try again later.', undefined],
])('reads the wait out of “%s”', (message, waitMs) => expect(saidIn({ message }, { message: '' }).waitMs).toBe(waitMs))

it('reads Retry-After in seconds, milliseconds and as a date', () => {
  const at = Date.parse('2026-01-01T00:00:00Z')
  expect(retryAfterMs(new Headers({ 'retry-after': '1.5' }))).toBe(1500)
  expect(retryAfterMs(new Headers({ 'retry-after-ms': '250' }))).toBe(250)
  expect(retryAfterMs(new Headers({ 'retry-after': 'Thu, 01 Jan 2026 00:00:07 GMT' }), at)).toBe(7000)
  expect(retryAfterMs(new Headers({ 'retry-after': 'Thu, 01 Jan 2025 00:00:07 GMT' }), at)).toBe(0)
  expect(retryAfterMs(new Headers({ 'retry-after': '99999999' }))).toBe(3_600_000)
  expect(retryAfterMs(new Headers({ 'retry-after': 'soon' }))).toBeUndefined()
  expect(retryAfterMs(undefined)).toBeUndefined()
})
