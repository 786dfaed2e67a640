// Turns a TensorFlow.js graph model into ONNX: convolutional nets only, NHWC to NCHW. Throws on an operation it does
// not know, so that a changed graph stops the set-up instead of giving other numbers.
import onnxProto from 'onnx-proto'

const { onnx } = onnxProto
const FLOAT = 1
const INT64 = 7

const half = (bits) => {
  const sign = bits >> 15 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction ? NaN : sign * Infinity
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
const product = (numbers) => numbers.reduce((a, b) => a * b, 1)

const STORED = { float32: [Float32Array, 4], int32: [Int32Array, 4], bool: [Uint8Array, 1], uint8: [Uint8Array, 1], uint16: [Uint16Array, 2], float16: [Uint16Array, 2] }

/**
 * The tensors of a weights manifest, undone of their quantisation (float16, uint8, uint16).
 * @param {{weights: {name: string, shape: number[], dtype: string, quantization?: {dtype: string, scale?: number, min?: number}}[]}[]} manifest
 * @param {Uint8Array} bytes
 * @returns {Record<string, {shape: number[], data: ArrayLike<number>}>}
 */
export function readWeights(manifest, bytes) {
  const tensors = {}
  let at = 0
  for (const { name, shape, dtype, quantization: q } of manifest.flatMap((group) => group.weights)) {
    const stored = STORED[q?.dtype ?? dtype]
    if (!stored) throw new Error(`weight ${name} has the unknown type ${q?.dtype ?? dtype}`)
    const [Kind, width] = stored
    const length = product(shape)
    const raw = new Kind(bytes.buffer.slice(bytes.byteOffset + at, bytes.byteOffset + at + length * width))
    at += length * width
    const data = !q ? raw : Float32Array.from(raw, q.dtype === 'float16' ? half : (v) => v * q.scale + q.min)
    tensors[name] = { shape, data: dtype === 'int32' ? Int32Array.from(data, Math.round) : data }
  }
  if (at !== bytes.length) throw new Error(`the weights are ${bytes.length} bytes long; the manifest speaks of ${at}`)
  return tensors
}

const clean = (name) => name.replace(/^\^/, '').replace(/:\d+$/, '')
const inputName = (name) => `in_${name.replace(/\W/g, '_')}`
const text = (value) => (typeof value === 'string' ? Buffer.from(value, 'base64').toString() : Buffer.from(value).toString())
const ints = (node, key) => node.attr[key].list.i.map(Number)

/** HWIO weights to OIHW; depthwise ones (HW, channels, multiplier) to (channels × multiplier, 1, H, W). */
function kernel({ shape: [h, w, inputs, outputs], data }, depthwise) {
  const out = new Float32Array(h * w * inputs * outputs)
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++)
      for (let i = 0; i < inputs; i++)
        for (let o = 0; o < outputs; o++) {
          const first = depthwise ? i * outputs + o : o * inputs + i
          out[(first * h + y) * w + x] = data[((y * w + x) * inputs + i) * outputs + o]
        }
  return { data: out, dims: depthwise ? [inputs * outputs, 1, h, w] : [outputs, inputs, h, w] }
}

/**
 * @param {object} model
 * @param {{node: {name: string, op: string, input?: string[], attr?: Record<string, any>}[]}} model.topology
 * @param {Record<string, {shape: number[], data: ArrayLike<number>}>} model.weights
 * @param {Record<string, number[]>} model.inputs node name → [1, channels, height, width]; named `in_` + name in the result
 * @param {Record<string, string>} model.outputs node name → name in the result
 * @returns {Uint8Array} an ONNX file
 */
export function toOnnx({ topology, weights, inputs, outputs }) {
  const nodes = new Map(topology.node.map((node) => [node.name, node]))
  const graph = []
  const constants = []
  const made = new Map()
  let count = 0

  const attribute = {
    int: (name, i) => ({ name, type: 2, i }),
    ints: (name, list) => ({ name, type: 7, ints: list }),
    text: (name, s) => ({ name, type: 3, s: Buffer.from(s) }),
  }
  const add = (opType, input, attributes = [], name = `t${count++}`) => {
    graph.push({ opType, input, output: [name], name: opType + name, attribute: attributes })
    return name
  }
  const constant = (data, dims, dataType = FLOAT) => {
    const name = `w${count++}`
    constants.push(dataType === FLOAT ? { name, dims, dataType, rawData: Buffer.from(Float32Array.from(data).buffer) } : { name, dims, dataType, int64Data: Array.from(data) })
    return name
  }
  /** The value of a node that does not depend on the inputs, or null. */
  const value = (name) => {
    const id = clean(name)
    if (weights[id]) return weights[id]
    const node = nodes.get(id)
    if (node?.op === 'Identity') return value(node.input[0])
    if (node?.op !== 'Mul') return null
    const [a, b] = node.input.map(value)
    return a && b ? { shape: a.shape, data: Array.from(a.data, (v, i) => v * b.data[b.data.length === 1 ? 0 : i]) } : null
  }
  const perChannel = (data) => constant(data, [1, data.length, 1, 1])
  const relu6 = (x) => add('Clip', [x, constant([0], []), constant([6], [])])
  const operand = (name) => {
    const known = inputs[clean(name)] ? null : value(name)
    if (!known) return get(name)
    return known.data.length === 1 ? constant(known.data, []) : perChannel(known.data)
  }
  const convolve = (node, { depthwise = false, fused = false } = {}) => {
    const { data, dims } = kernel(value(node.input[1]), depthwise)
    const after = fused ? (node.attr.fused_ops.list.s ?? []).map(text) : []
    const input = [get(node.input[0]), constant(data, dims)]
    if (after.includes('BiasAdd')) {
      const bias = value(node.input[2]).data
      input.push(constant(bias, [bias.length]))
    }
    const x = add('Conv', input, [
      attribute.ints('kernel_shape', dims.slice(2)),
      attribute.ints('strides', ints(node, 'strides').slice(1, 3)),
      attribute.ints('dilations', node.attr.dilations ? ints(node, 'dilations').slice(1, 3) : [1, 1]),
      attribute.int('group', depthwise ? value(node.input[1]).shape[2] : 1),
      attribute.text('auto_pad', text(node.attr.padding.s) === 'SAME' ? 'SAME_UPPER' : 'VALID'),
    ])
    return after.reduce((before, op) => {
      if (op === 'BiasAdd') return before
      if (op === 'Relu6') return relu6(before)
      if (op === 'Relu') return add('Relu', [before])
      throw new Error(`unknown fused operation ${op} at ${node.name}`)
    }, x)
  }
  const both = (op) => (node) => add(op, node.input.slice(0, 2).map(operand))
  const one = (op) => (node) => add(op, [get(node.input[0])])
  const batchNorm = (node) => {
    const [scale, offset, mean, variance] = node.input.slice(1).map((name) => value(name).data)
    const epsilon = node.attr.epsilon?.f ?? 1e-3
    const factor = Array.from(scale, (v, i) => v / Math.sqrt(variance[i] + epsilon))
    const shift = Array.from(offset, (v, i) => v - mean[i] * factor[i])
    return add('Add', [add('Mul', [get(node.input[0]), perChannel(factor)]), perChannel(shift)])
  }
  const resize = (node) => {
    const x = get(node.input[0])
    const range = [constant([0], [1], INT64), constant([2], [1], INT64), constant([0], [1], INT64)]
    const size = add('Concat', [add('Slice', [add('Shape', [x]), ...range]), constant(value(node.input[1]).data, [2], INT64)], [attribute.int('axis', 0)])
    const how = node.attr.align_corners?.b ? 'align_corners' : node.attr.half_pixel_centers?.b ? 'half_pixel' : 'asymmetric'
    return add('Resize', [x, '', '', size], [attribute.text('mode', 'linear'), attribute.text('coordinate_transformation_mode', how)])
  }
  const operations = {
    Identity: (node) => get(node.input[0]),
    Conv2D: (node) => convolve(node),
    _FusedConv2D: (node) => convolve(node, { fused: true }),
    DepthwiseConv2dNative: (node) => convolve(node, { depthwise: true }),
    FusedDepthwiseConv2dNative: (node) => convolve(node, { depthwise: true, fused: true }),
    Mul: both('Mul'),
    Sub: both('Sub'),
    Add: both('Add'),
    AddV2: both('Add'),
    BiasAdd: both('Add'),
    AddN: (node) => node.input.map(operand).reduce((a, b) => add('Add', [a, b])),
    FusedBatchNorm: batchNorm,
    FusedBatchNormV3: batchNorm,
    Relu: one('Relu'),
    Relu6: (node) => relu6(get(node.input[0])),
    Sigmoid: one('Sigmoid'),
    Mean: one('GlobalAveragePool'), // over height and width, kept as dimensions of 1: the only use in these graphs
    ConcatV2: (node) => add('Concat', node.input.slice(0, -1).map(get), [attribute.int('axis', 1)]),
    MaxPool: (node) =>
      add('MaxPool', [get(node.input[0])], [
        attribute.ints('kernel_shape', ints(node, 'ksize').slice(1, 3)),
        attribute.ints('strides', ints(node, 'strides').slice(1, 3)),
        attribute.text('auto_pad', text(node.attr.padding.s) === 'SAME' ? 'SAME_UPPER' : 'VALID'),
      ]),
    ResizeBilinear: resize,
  }
  function get(name) {
    const id = clean(name)
    if (!made.has(id)) {
      const node = nodes.get(id)
      if (!inputs[id] && !node) throw new Error(`the graph has no node ${id}`)
      if (!inputs[id] && !operations[node.op]) throw new Error(`unknown operation ${node.op} at ${id}`)
      made.set(id, inputs[id] ? inputName(id) : operations[node.op](node))
    }
    return made.get(id)
  }

  for (const [from, to] of Object.entries(outputs)) add('Identity', [get(from)], [], to)
  const tensor = (name, dims) => ({ name, type: { tensorType: { elemType: FLOAT, shape: { dim: dims.map((dim, i) => (dim === null ? { dimParam: `${name}${i}` } : { dimValue: dim })) } } } })
  const used = new Set(graph.flatMap((node) => node.input))
  const model = onnx.ModelProto.create({
    irVersion: 8,
    opsetImport: [{ domain: '', version: 13 }],
    producerName: 'recaption',
    graph: {
      name: 'graph',
      node: graph,
      initializer: constants.filter(({ name }) => used.has(name)),
      input: Object.entries(inputs).map(([name, dims]) => tensor(inputName(name), dims)),
      output: Object.values(outputs).map((name) => tensor(name, [null, null, null, null])),
    },
  })
  return onnx.ModelProto.encode(model).finish()
}
