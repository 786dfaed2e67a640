import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import onnxProto from 'onnx-proto'

const { onnx } = onnxProto
const FLOAT = 1
const INT64 = 7

/** The whole language of the model: special tokens, the words of the task prompts, and what it can say. */
const WORDS = ['<s>', '<pad>', '</s>', '<unk>', 'What', 'does', 'the', 'image', 'describe', '?', 'A', 'red', 'green', 'blue', 'square', 'Describe', 'in', 'detail', 'more', 'with', 'a', 'paragraph', 'what', 'is', 'shown', '.']
const SIZE = WORDS.length
const at = (word: string) => WORDS.indexOf(word)
const zeros = (rows: number, columns: number) => new Array<number>(rows * columns).fill(0)

const value = (name: string, elemType: number, dims: (string | number)[]) => ({ name, type: { tensorType: { elemType, shape: { dim: dims.map((dim) => (typeof dim === 'string' ? { dimParam: dim } : { dimValue: dim })) } } } })
const floats = (name: string, dims: number[], floatData: number[]) => ({ name, dims, dataType: FLOAT, floatData })
const integers = (name: string, dims: number[], int64Data: number[]) => ({ name, dims, dataType: INT64, int64Data })
const node = (opType: string, input: string[], output: string[], attribute: { name: string; type: number; i: number }[] = []) => ({ opType, input, output, attribute, name: `${opType}_${output[0]}` })
const integer = (name: string, i: number) => ({ name, type: 2, i })

/** Its eye: mean red, green and blue become a wish for one of three words. */
function visionEncoder() {
  const colours = zeros(3, SIZE)
  ;['red', 'green', 'blue'].forEach((word, channel) => (colours[channel * SIZE + at(word)] = 8))
  return {
    name: 'vision',
    node: [node('GlobalAveragePool', ['pixel_values'], ['mean']), node('Flatten', ['mean'], ['flat'], [integer('axis', 1)]), node('Unsqueeze', ['flat', 'one'], ['row']), node('MatMul', ['row', 'colours'], ['image_features'])],
    input: [value('pixel_values', FLOAT, ['b', 3, 'h', 'w'])],
    output: [value('image_features', FLOAT, ['b', 1, SIZE])],
    initializer: [integers('one', [1], [1]), floats('colours', [3, SIZE], colours)],
  }
}

function embedTokens() {
  const identity = zeros(SIZE, SIZE)
  for (let i = 0; i < SIZE; i++) identity[i * SIZE + i] = 1
  return {
    name: 'embed',
    node: [node('Gather', ['table', 'input_ids'], ['inputs_embeds'], [integer('axis', 0)])],
    input: [value('input_ids', INT64, ['b', 's'])],
    output: [value('inputs_embeds', FLOAT, ['b', 's', SIZE])],
    initializer: [floats('table', [SIZE, SIZE], identity)],
  }
}

const encoder = () => ({
  name: 'encoder',
  node: [node('Cast', ['attention_mask'], ['mask'], [integer('to', FLOAT)]), node('Unsqueeze', ['mask', 'two'], ['wide']), node('Mul', ['inputs_embeds', 'wide'], ['last_hidden_state'])],
  input: [value('attention_mask', INT64, ['b', 's']), value('inputs_embeds', FLOAT, ['b', 's', SIZE])],
  output: [value('last_hidden_state', FLOAT, ['b', 's', SIZE])],
  initializer: [integers('two', [1], [2])],
})

/** Its grammar: which word follows which. After "A" the picture, first in the encoder's states, decides. */
function decoder() {
  const follows = zeros(SIZE, SIZE)
  const then = (word: string, next: string, weight = 10) => (follows[at(word) * SIZE + at(next)] = weight)
  then('</s>', '<s>')
  then('<s>', 'A')
  for (const colour of ['red', 'green', 'blue']) {
    then('A', colour, 5)
    then(colour, 'square')
  }
  then('square', '</s>', 20)
  return {
    name: 'decoder',
    node: [node('MatMul', ['inputs_embeds', 'follows'], ['next']), node('Slice', ['encoder_hidden_states', 'from', 'to', 'axis'], ['picture']), node('MatMul', ['inputs_embeds', 'asks'], ['gate']), node('Mul', ['picture', 'gate'], ['seen']), node('Add', ['next', 'seen'], ['logits'])],
    input: [value('encoder_attention_mask', INT64, ['b', 'e']), value('encoder_hidden_states', FLOAT, ['b', 'e', SIZE]), value('inputs_embeds', FLOAT, ['b', 's', SIZE])],
    output: [value('logits', FLOAT, ['b', 's', SIZE])],
    initializer: [floats('follows', [SIZE, SIZE], follows), integers('from', [1], [0]), integers('to', [1], [1]), integers('axis', [1], [1]), floats('asks', [SIZE, 1], WORDS.map((word) => (word === 'A' ? 1 : 0)))],
  }
}

const special = { bos_token_id: 0, eos_token_id: 2, pad_token_id: 1, decoder_start_token_id: 2 }
const PROMPTS = { '<CAPTION>': 'What does the image describe?', '<DETAILED_CAPTION>': 'Describe in detail what is shown in the image.', '<MORE_DETAILED_CAPTION>': 'Describe with a paragraph what is shown in the image.' }

const configs = {
  'config.json': { model_type: 'florence2', architectures: ['Florence2ForConditionalGeneration'], is_encoder_decoder: true, vocab_size: SIZE, projection_dim: SIZE, text_config: { model_type: 'florence2_language', d_model: SIZE, decoder_layers: 1, encoder_layers: 1, decoder_attention_heads: 1, encoder_attention_heads: 1, is_encoder_decoder: true, ...special }, vision_config: { model_type: '' }, ...special },
  'generation_config.json': { ...special, num_beams: 1 },
  'preprocessor_config.json': { processor_class: 'Florence2Processor', image_processor_type: 'CLIPImageProcessor', do_resize: true, size: { height: 32, width: 32 }, do_center_crop: false, do_rescale: true, rescale_factor: 1 / 255, do_normalize: true, image_mean: [0.5, 0.5, 0.5], image_std: [0.5, 0.5, 0.5], resample: 3, tasks_answer_post_processing_type: Object.fromEntries(Object.keys(PROMPTS).map((task) => [task, 'pure_text'])), task_prompts_without_inputs: PROMPTS, task_prompts_with_input: {} },
  'tokenizer.json': {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: WORDS.slice(0, 4).map((content, id) => ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true })),
    normalizer: null,
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: { type: 'TemplateProcessing', single: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '</s>', type_id: 0 } }], pair: [], special_tokens: { '<s>': { id: '<s>', ids: [0], tokens: ['<s>'] }, '</s>': { id: '</s>', ids: [2], tokens: ['</s>'] } } },
    decoder: null,
    model: { type: 'WordLevel', vocab: Object.fromEntries(WORDS.map((word, i) => [word, i])), unk_token: '<unk>' },
  },
  'tokenizer_config.json': { tokenizer_class: 'PreTrainedTokenizer', pad_token: '<pad>', bos_token: '<s>', eos_token: '</s>', unk_token: '<unk>', model_max_length: 1024 },
}

/** A Florence-2 of a few kilobytes in the layout of the real ones: it tells a red, a green and a blue picture apart, from the pixels. */
export function makeTinyFlorence(folder: string, model = 'test/tiny-florence-2'): string {
  mkdirSync(path.join(folder, model, 'onnx'), { recursive: true })
  const graphs = { vision_encoder: visionEncoder(), embed_tokens: embedTokens(), encoder_model: encoder(), decoder_model_merged: decoder() }
  for (const [name, graph] of Object.entries(graphs)) writeFileSync(path.join(folder, model, 'onnx', `${name}.onnx`), onnx.ModelProto.encode(onnx.ModelProto.create({ irVersion: 8, opsetImport: [{ domain: '', version: 13 }], graph })).finish())
  for (const [name, config] of Object.entries(configs)) writeFileSync(path.join(folder, model, name), JSON.stringify(config))
  return model
}
