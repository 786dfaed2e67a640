import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import ort from 'onnxruntime-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareModels, readSource, SOURCES } from './models.mjs'
import { readWeights, toOnnx } from './tfjs-to-onnx.mjs'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'models-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const b64 = (text: string) => Buffer.from(text).toString('base64')
const ints = (...list: number[]) => ({ list: { i: list.map(String) } })
const SIDE = 5
const input = Float32Array.from({ length: SIDE * SIDE * 2 }, (_, i) => ((i * 7) % 11) - 5)
const tensor = (shape: number[], from = 1) => ({ shape, data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => (((i + from) * 5) % 7) - 3) })

/** TensorFlow's SAME convolution on an NHWC input, as its documentation defines it. */
function convolve(x: Float32Array, side: number, channels: number, weights: ReturnType<typeof tensor>, stride: number, depthwise: boolean) {
  const [kh, kw, ci, co] = weights.shape
  const out = Math.ceil(side / stride)
  const before = Math.floor(Math.max(0, (out - 1) * stride + kh - side) / 2)
  const outputs = depthwise ? ci * co : co
  const y = new Float32Array(out * out * outputs)
  for (let oy = 0; oy < out; oy++) for (let ox = 0; ox < out; ox++) for (let ky = 0; ky < kh; ky++) for (let kx = 0; kx < kw; kx++) {
    const [iy, ix] = [oy * stride + ky - before, ox * stride + kx - before]
    if (iy < 0 || ix < 0 || iy >= side || ix >= side) continue
    for (let i = 0; i < ci; i++) for (let o = 0; o < co; o++) y[(oy * out + ox) * outputs + (depthwise ? i * co + o : o)] += x[(iy * side + ix) * channels + i] * weights.data[((ky * kw + kx) * ci + i) * co + o]
  }
  return { y, out, outputs }
}
const toNchw = (x: Float32Array, cells: number, channels: number) => Float32Array.from(x, (_, i) => x[(i % cells) * channels + Math.floor(i / cells)])

async function run(node: object[], weights: Record<string, ReturnType<typeof tensor>>, output: string) {
  const bytes = toOnnx({ topology: { node: node as never }, weights, inputs: { x: [1, 2, SIDE, SIDE] }, outputs: { [output]: 'y' } })
  const session = await ort.InferenceSession.create(bytes)
  return (await session.run({ in_x: new ort.Tensor('float32', toNchw(input, SIDE * SIDE, 2), [1, 2, SIDE, SIDE]) })).y
}

describe('the converter', () => {
  it.each([[1, false], [2, false], [1, true], [2, true]])('convolves as TensorFlow does (stride %i, depthwise %s), with bias and ReLU6', async (stride, depthwise) => {
    const weights = { w: tensor([3, 3, 2, depthwise ? 1 : 3]), b: tensor([depthwise ? 2 : 3], 2) }
    const y = await run([{ name: 'conv', op: depthwise ? 'FusedDepthwiseConv2dNative' : '_FusedConv2D', input: ['x', 'w', 'b'], attr: { strides: ints(1, stride, stride, 1), padding: { s: b64('SAME') }, fused_ops: { list: { s: [b64('BiasAdd'), b64('Relu6')] } } } }], weights, 'conv')
    const want = convolve(input, SIDE, 2, weights.w, stride, depthwise)
    const withBias = want.y.map((v, i) => Math.min(6, Math.max(0, v + weights.b.data[i % want.outputs])))
    expect(y.dims).toEqual([1, want.outputs, want.out, want.out])
    expect(Array.from(y.data as Float32Array)).toEqual(Array.from(toNchw(withBias, want.out * want.out, want.outputs), (v) => expect.closeTo(v, 4)))
  })

  it('normalises, adds, joins and resizes', async () => {
    const weights = { s: tensor([2]), o: tensor([2], 3), m: tensor([2], 4), v: { shape: [2], data: Float32Array.of(1, 4) }, size: { shape: [2], data: Float32Array.of(9, 9) } }
    const y = await run([
      { name: 'norm', op: 'FusedBatchNormV3', input: ['x', 's', 'o', 'm', 'v'], attr: { epsilon: { f: 0.001 } } },
      { name: 'sum', op: 'AddV2', input: ['norm', 'o'] },
      { name: 'joined', op: 'ConcatV2', input: ['sum', 'x', 'axis'] },
      { name: 'large', op: 'ResizeBilinear', input: ['joined', 'size'], attr: { align_corners: { b: true } } },
    ], weights, 'large')
    expect(y.dims).toEqual([1, 4, 9, 9])
    const norm = (v: number, c: number) => ((v - weights.m.data[c]) * weights.s.data[c]) / Math.sqrt(weights.v.data[c] + 0.001) + 2 * weights.o.data[c]
    const at = (c: number, cell: number) => (y.data as Float32Array)[c * 81 + cell]
    expect(at(0, 0)).toBeCloseTo(norm(input[0], 0), 4)
    expect(at(1, 80)).toBeCloseTo(norm(input[49], 1), 4)
    expect(at(2, 0)).toBeCloseTo(input[0], 4)
    expect(at(2, 1)).toBeCloseTo((input[0] + input[2]) / 2, 4) // halfway between the first two columns
  })

  it('stops at an operation it does not know', () => {
    expect(() => toOnnx({ topology: { node: [{ name: 'odd', op: 'Fft', input: ['x'] }] }, weights: {}, inputs: { x: [1, 2, 5, 5] }, outputs: { odd: 'y' } })).toThrow('unknown operation Fft at odd')
  })

  it('undoes quantisation, and counts the bytes', () => {
    const manifest = [{ weights: [{ name: 'a', shape: [2], dtype: 'float32', quantization: { dtype: 'uint8', scale: 0.5, min: -1 } }, { name: 'h', shape: [2], dtype: 'float32', quantization: { dtype: 'float16' } }] }]
    const read = readWeights(manifest, Uint8Array.of(0, 4, 0x00, 0x3c, 0x00, 0xc0))
    expect([Array.from(read.a.data), Array.from(read.h.data)]).toEqual([[-1, 1], [1, -2]])
    expect(() => readWeights(manifest, new Uint8Array(9))).toThrow('9 bytes')
  })
})

describe('the weights', () => {
  it('are converted once when two ask at the same time', async () => {
    const cache = path.join(folder, 'cache')
    const [one, two] = await Promise.all([prepareModels(cache), prepareModels(cache)])
    expect([one.made, two.made].filter(Boolean)).toHaveLength(1)
    expect(one.dir).toBe(two.dir)
    expect(readdirSync(one.dir).sort()).toEqual(['centernet.onnx', 'ssd-anchors.json', 'ssd.onnx'])
    expect(readdirSync(cache)).toHaveLength(1) // no lock, nothing half made
    expect(await prepareModels(cache)).toEqual({ dir: one.dir, made: false })
  })

  it('are made again when a file is gone, even under the lock of a process that is gone too', async () => {
    const cache = path.join(folder, 'stale')
    const { dir } = await prepareModels(cache)
    rmSync(path.join(dir, 'ssd.onnx')) // a cleaned cache
    writeFileSync(`${dir}.lock`, '999999999')
    expect((await prepareModels(cache)).made).toBe(true)
    expect(readdirSync(dir)).toHaveLength(3)
  })

  it('are refused when a package changed, with its name and both hashes', () => {
    const source = SOURCES.letters
    const file = path.join(folder, 'modules', source.package, source.files[0])
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, 'other letters')
    expect(() => readSource(source, path.join(folder, 'modules'))).toThrow(new RegExp(`${source.package}.*${source.sha256}.*found [0-9a-f]{64}`))
    expect(() => readSource(source, path.join(folder, 'nowhere'))).toThrow(/@gutenye\/ocr-models are missing/)
  })
})
