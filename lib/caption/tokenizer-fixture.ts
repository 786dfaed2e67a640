type Pieces = readonly (readonly [piece: string, score: number])[]

const word = { type: 'Sequence', pretokenizers: [{ type: 'WhitespaceSplit' }, { type: 'Metaspace', replacement: '▁', add_prefix_space: true, prepend_scheme: 'always' }] }
const closed = { type: 'TemplateProcessing', single: [{ Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '</s>', type_id: 0 } }], pair: [], special_tokens: { '</s>': { id: '</s>', ids: [1], tokens: ['</s>'] } } }
const added = ['<pad>', '</s>', '<unk>'].map((content, id) => ({ id, content, special: true, single_word: false, lstrip: false, rstrip: false, normalized: false }))
const file = (parts: object) => JSON.stringify({ version: '1.0', truncation: null, padding: null, added_tokens: added, normalizer: null, pre_tokenizer: word, post_processor: closed, decoder: null, ...parts })

/** A tokenizer.json of the shape T5 has, with these pieces: for tests. */
export const unigramFile = (pieces: Pieces, parts: object = {}): string => file({ model: { type: 'Unigram', unk_id: 2, vocab: [['<pad>', 0], ['</s>', 0], ['<unk>', 0], ...pieces] }, ...parts })
/** The same as WordPiece, as BERT has it. */
export const wordPieceFile = (pieces: readonly string[]): string => file({ pre_tokenizer: { type: 'BertPreTokenizer' }, model: { type: 'WordPiece', unk_token: '<unk>', continuing_subword_prefix: '##', max_input_chars_per_word: 100, vocab: Object.fromEntries(['<pad>', '</s>', '<unk>', ...pieces].map((piece, id) => [piece, id])) } })
/** The same as BPE over the whole text, as Gemma and SigLIP 2 have it. */
export const bpeFile = (letters: readonly string[], merges: readonly (readonly [string, string])[]): string =>
  file({ normalizer: { type: 'Replace', pattern: { String: ' ' }, content: '▁' }, pre_tokenizer: null, model: { type: 'BPE', unk_token: '<unk>', fuse_unk: true, byte_fallback: false, dropout: null, continuing_subword_prefix: null, end_of_word_suffix: null, vocab: Object.fromEntries(['<pad>', '</s>', '<unk>', ...letters, ...merges.map((pair) => pair.join(''))].map((piece, id) => [piece, id])), merges } })
