import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { requestFor } from './contract'
import { florenceCaptioner } from './florence'
import { makeTinyFlorence } from './florence.fixture'
import { fetchFlorence } from './florence-hub'

// A hub of ours with the addresses of the real one: <host>/<owner>/<name>/resolve/main/<file>.
const remote = mkdtempSync(path.join(tmpdir(), 'recaption-hub-'))
const model = makeTinyFlorence(remote)
const local = mkdtempSync(path.join(tmpdir(), 'recaption-models-'))
let hub: Server
let host = ''
let slow = ''
let onSlow = () => {}
const asked: string[] = []

beforeAll(async () => {
  hub = createServer((request, response) => {
    const found = /^\/([^/]+\/[^/]+)\/resolve\/main\/(.+)$/.exec(request.url ?? '')
    const file = found && path.join(remote, found[1], found[2])
    if (!file || !existsSync(file)) return void response.writeHead(404).end()
    if (request.method !== 'HEAD' && !request.headers.range) asked.push(found[2])
    const bytes = readFileSync(file)
    response.writeHead(200, { 'content-length': String(bytes.length) })
    if (slow !== '' && file.endsWith(slow)) response.write(bytes.subarray(0, 100), () => onSlow()) // and then never the rest
    else response.end(bytes)
  })
  await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve))
  host = `http://127.0.0.1:${(hub.address() as AddressInfo).port}`
})
afterAll(() => {
  hub.closeAllConnections()
  hub.close()
  for (const folder of [remote, local]) rmSync(folder, { recursive: true, force: true })
})

const get = (more: Partial<Parameters<typeof fetchFlorence>[0]> = {}) => fetchFlorence({ folder: local, model, precision: 'fp32', host, signal: new AbortController().signal, ...more })
const files = () => (existsSync(local) ? readdirSync(local, { recursive: true, encoding: 'utf8' }) : [])

it('can be stopped in the middle, and leaves no part of a file', async () => {
  slow = 'decoder_model_merged.onnx'
  const stop = new AbortController()
  onSlow = () => setTimeout(() => stop.abort(), 100)
  const got = get({ signal: stop.signal })
  await expect(got).rejects.toBeDefined()
  expect(files().filter((file) => file.includes('.tmp.') || file.endsWith(slow))).toEqual([])
  slow = ''
})

it('comes from the hub once, and then writes from the pixels without it', async () => {
  const seen = new Set<string>()
  expect(await get({ onProgress: ({ file }) => seen.add(file) })).toMatchObject({ decoder_model_merged: 'fp32' })
  expect([...seen]).toContain('onnx/decoder_model_merged.onnx')
  const before = asked.length
  await get()
  expect(asked.length).toBe(before)
  const captioner = florenceCaptioner(local)
  try {
    expect(await captioner.models()).toEqual([model])
    hub.closeAllConnections()
    expect((await captioner.write(await requestFor({ model }), new AbortController().signal)).text).toBe('A red square')
  } finally {
    await captioner.close?.()
  }
})

it('comes in a smaller precision where it is asked for', async () => {
  for (const part of ['vision_encoder', 'encoder_model', 'decoder_model_merged']) copyFileSync(path.join(remote, model, 'onnx', `${part}.onnx`), path.join(remote, model, 'onnx', `${part}_q4.onnx`))
  const folder = path.join(local, 'small')
  expect(await get({ folder, precision: 'q4' })).toEqual({ vision_encoder: 'q4', embed_tokens: 'fp32', encoder_model: 'q4', decoder_model_merged: 'q4' })
})

it('says what the hub does not have, and takes no name that leads elsewhere', async () => {
  await expect(get({ model: 'test/nowhere' })).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('test/nowhere') as string })
  await expect(get({ model: '../../etc/passwd' })).rejects.toMatchObject({ code: 'invalid' })
  await expect(get({ host: 'http://127.0.0.1:1', model: 'test/unreachable' })).rejects.toMatchObject({ code: 'unavailable' })
})
