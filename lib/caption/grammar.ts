import winkNLP, { type ItemSentence, type ItemToken, type ItsFunction, type WinkMethods } from 'wink-nlp'
import model from 'wink-eng-lite-web-model'
import { withoutQuotes } from './words'

export type Token = {
  text: string
  /** Universal part of speech: NOUN PROPN VERB AUX ADJ ADV NUM DET ADP PRON CCONJ PUNCT … */
  pos: string
  /** dictionary form, lower case */
  lemma: string
  /** UTF-16 offsets in the text that was given */
  start: number
  end: number
  /** which sentence of the text it stands in, from 0 */
  sentence: number
}

let nlp: WinkMethods | undefined
const MEMO = 2000
const LONGEST = 4000
const memo = new Map<string, readonly Token[]>()

function parse(text: string): Token[] {
  nlp ??= winkNLP(model, ['sbd', 'pos'])
  const { its } = nlp
  // its typings leave out the signature that its own documentation uses for lemmas
  const lemma = its.lemma as unknown as ItsFunction<string>
  const tokens: Token[] = []
  let at = 0
  let sentence = 0
  nlp
    .readDoc(text)
    .sentences()
    .each((part: ItemSentence) => {
      part.tokens().each((token: ItemToken) => {
        const word = token.out()
        const start = text.indexOf(word, at)
        if (start < 0) return
        at = start + word.length
        tokens.push({ text: word, pos: token.out(its.pos) as string, lemma: token.out(lemma).toLowerCase(), start, end: at, sentence })
      })
      sentence++
    })
  return tokens
}

/** Words with part of speech, dictionary form and place; English. The last two thousand texts are remembered. */
export function grammar(text: string): readonly Token[] {
  const key = text.slice(0, LONGEST)
  const known = memo.get(key)
  if (known) return known
  const tokens = parse(key)
  if (memo.size >= MEMO) memo.delete(memo.keys().next().value as string)
  memo.set(key, tokens)
  return tokens
}

/** Capitalised words that are no one's name. */
const COMMON = new Set(
  'i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december christmas easter halloween english american british european asian african french german italian spanish japanese chinese indian korean russian dutch mexican greek roman egyptian turkish victorian gothic baroque art deco polaroid tv dvd cd usb led lcd gps suv atv bmx pc t-shirt tshirt ok us usa uk eu north south east west northern southern eastern western internet wifi wi-fi 3d 2d hd jpeg png ai dj vip ups atm'.split(' '),
)

/**
 * Names in an English text: runs of capitalised words, outside quotation marks. A sentence's first word counts only as
 * part of a longer run or where grammar takes it for a name beyond doubt; a text in title case or in capitals yields none.
 */
export function namesIn(text: string): string[] {
  const bare = withoutQuotes(text)
  const tokens = grammar(bare).filter((token) => /[\p{L}\p{N}]/u.test(token.text))
  const capital = (token: Token) => /^\p{Lu}/u.test(token.text)
  const content = tokens.filter((token) => !['DET', 'ADP', 'CCONJ', 'PUNCT', 'AUX', 'PRON', 'PART'].includes(token.pos))
  if (content.length >= 5 && content.filter(capital).length > content.length * 0.7) return []
  const opening = new Set<Token>()
  let sentence = -1
  for (const token of tokens) {
    if (token.sentence > sentence) opening.add(token)
    sentence = token.sentence
  }
  if (tokens.some((token) => ['DET', 'ADP', 'CCONJ'].includes(token.pos) && capital(token) && !opening.has(token))) return []
  const names: string[] = []
  let run: Token[] = []
  const close = () => {
    const first = run[0]
    const kept = first && opening.has(first) && (run.length === 1 || first.pos !== 'PROPN') ? run.slice(1) : run
    if (kept.some((token) => !COMMON.has(token.lemma) && !COMMON.has(token.text.toLowerCase()) && token.text.length > 1)) names.push(kept.map((token) => token.text).join(' '))
    run = []
  }
  for (const token of tokens) {
    const last = run.at(-1)
    const joined = last && last.sentence === token.sentence && /^[\s'’-]*$/.test(bare.slice(last.end, token.start))
    if (run.length && !(capital(token) && joined)) close()
    if (capital(token) && !['DET', 'ADP', 'PRON', 'AUX'].includes(token.pos)) run.push(token)
  }
  close()
  return [...new Set(names)]
}
