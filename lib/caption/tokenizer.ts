import { z } from 'zod'
import { AppError, messageOf } from '@/lib/errors'

/** What a tokenizer.json must say before it is handed to the library; the rest is the library's to judge. */
const File = z.looseObject({ model: z.looseObject({ vocab: z.unknown() }), pre_tokenizer: z.unknown().optional() })
const Step = z.looseObject({ type: z.string(), pretokenizers: z.array(z.unknown()).optional(), split: z.boolean().optional() })

/** After one of these no piece reaches from one word into the next, so that words may be counted by themselves. */
const BY_WORD = new Set(['WhitespaceSplit', 'Whitespace', 'BertPreTokenizer', 'Metaspace'])
const CACHE_LIMIT = 200_000

/** A text encoder's own tokenizer. */
export type Tokenizer = {
  /** places of a text, end marks included */
  count: (text: string) => number
  /** where it stops reading: the position after the last word that fits in full, or null when all of it fits */
  cut: (text: string, places: number) => number | null
}

function countsByWord(step: unknown): boolean {
  const read = Step.safeParse(step)
  if (!read.success) return false
  const { type, pretokenizers, split } = read.data
  return (BY_WORD.has(type) && split !== false) || (pretokenizers?.some(countsByWord) ?? false)
}

/** Reads a tokenizer.json: Unigram (SentencePiece), WordPiece or BPE. Throws 'invalid' with the place when it is none. */
export async function readTokenizer(text: string, place: string): Promise<Tokenizer> {
  const library = await import('@huggingface/tokenizers').catch((cause: unknown) => {
    throw new AppError('refused', `Tokenizer files need the optional package @huggingface/tokenizers, which is not installed. Run “npm ci” without --omit=optional. ${messageOf(cause).slice(0, 200)}`)
  })
  let file: z.output<typeof File>
  let coder: InstanceType<typeof library.Tokenizer>
  try {
    file = File.parse(JSON.parse(text))
    coder = new library.Tokenizer(file as ConstructorParameters<typeof library.Tokenizer>[0], {})
    coder.encode('a')
  } catch (cause) {
    throw new AppError('invalid', `${place} is not a tokenizer.json that can be read: ${messageOf(cause).slice(0, 200)}. Take the one that lies beside the text encoder's weights.`)
  }
  const marks = coder.encode('').ids.length
  const piecesOf = (part: string) => coder.encode(part, { add_special_tokens: false }).ids.length
  return countsByWord(file.pre_tokenizer) ? byWord(piecesOf, marks) : asWhole(piecesOf, marks)
}

function byWord(piecesOf: (word: string) => number, marks: number): Tokenizer {
  let known = new Map<string, number>()
  const pieces = (word: string) => {
    let count = known.get(word)
    if (count === undefined) {
      if (known.size >= CACHE_LIMIT) known = new Map()
      known.set(word, (count = piecesOf(word)))
    }
    return count
  }
  return {
    count: (text) => (text.match(/\S+/g) ?? []).reduce((sum, word) => sum + pieces(word), marks),
    cut(text, places) {
      let count = marks
      let end = 0
      for (const match of text.matchAll(/\S+/g)) {
        count += pieces(match[0])
        if (count > places) return end
        end = match.index + match[0].length
      }
      return null
    },
  }
}

function asWhole(piecesOf: (text: string) => number, marks: number): Tokenizer {
  const count = (text: string) => marks + piecesOf(text)
  return {
    count,
    cut(text, places) {
      if (count(text) <= places) return null
      const ends = [0, ...Array.from(text.matchAll(/\S+/g), (match) => match.index + match[0].length)]
      let [low, high] = [0, ends.length - 1]
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if (count(text.slice(0, ends[middle])) <= places) low = middle
        else high = middle - 1
      }
      return ends[low]
    },
  }
}
