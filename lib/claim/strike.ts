import type { ClaimView } from './schema'

/** What a strike needs to know of a claim. `dependsOn` names a claim by its id. */
export type StrikeClaim = Pick<ClaimView, 'id' | 'sort' | 'start' | 'end' | 'dependsOn'>
export type Cut = { start: number; end: number; put: string }
export type Struck = { text: string; cuts: Cut[]; /** the claims that went: the struck one and those that depend on it */ gone: number[] }

const DETERMINERS = 'an?|the|some|any|one|two|three|four|five|six|seven|eight|nine|ten|several|many|another|this|that|these|those|his|her|its|their|\\d{1,3}'
/** Words that end a noun phrase when one walks left from its noun. */
const NOT_INSIDE = /^(?:of|with|and|or|on|in|at|by|near|to|for|from|is|are|was|were|has|have|that|which|who|while|there|into|over|under|above|below|behind|beside|between|through|\p{L}+ing)$/iu
const DETERMINER = new RegExp(`^(?:${DETERMINERS})$`, 'i')
const WORDS_IN_PHRASE = 5
const ADJECTIVES_ONLY = /(?:\b(?:black|white|gr[ae]y|silver|brown|tan|beige|red|blue|green|yellow|orange|pink|purple|large|small|big|little|young|old|tall)\s+)+$/i
const PREPOSITION = /\s*(?:,\s*)?\b(?:next to|close to|in front of|on top of|to the (?:left|right) of|on the (?:left|right) of|with|without|of|on|in|at|by|near|behind|beside|between|under|over|above|below|inside|around|against|along|beneath|into|from|toward|towards|featuring|named|called)\s+$/i
const GERUND = /\s*(?:,\s*)?\b(?!(?:thing|king|ring|wing|spring|string|something|nothing|everything|evening|morning|building|clothing|ceiling|painting)\b)\p{L}{2,}ing\s+$/iu
const SAYS = /\s*(?:,\s*)?\b(?:(?:that|which)\s+)?(?:reads?|reading|says?|saying|labell?ed|with the (?:words?|text|letters|name))\s*:?\s*$/i
const THERE_IS = /(?:^|[.!?]\s+)(?:there\s+(?:is|are)|it\s+shows|this\s+is|visible\s+text\s+(?:includes|reads)|text\s+reads|the\s+(?:picture|image|photo)\s+shows)\s*:?\s*$/i

export const sentenceStart = (text: string, at: number) => Math.max(0, ...['. ', '! ', '? ', '\n'].map((end) => text.lastIndexOf(end, at - 1)).map((found) => (found < 0 ? 0 : found + (text[found] === '\n' ? 1 : 2))))
export const sentenceEnd = (text: string, at: number) => {
  const found = /[.!?](?=\s|$)|\n/.exec(text.slice(at))
  return found ? at + found.index + (found[0] === '\n' ? 0 : 1) : text.length
}

/** The claim and everything that holds only if it holds. */
export function dependents(claims: readonly StrikeClaim[], id: number): Set<number> {
  const gone = new Set([id])
  for (let before = 0; before !== gone.size; ) {
    before = gone.size
    for (const claim of claims) if (claim.dependsOn !== null && gone.has(claim.dependsOn)) gone.add(claim.id)
  }
  return gone
}

/** Where the noun phrase of an object begins: its determiner, or the adjectives right before it. */
function phraseStart(text: string, start: number): number {
  const from = sentenceStart(text, start)
  const before = text.slice(from, start)
  let at = before.length
  for (let i = 0; i < WORDS_IN_PHRASE; i++) {
    const word = /([\p{L}\p{N}'’-]+)\s+$/u.exec(before.slice(0, at))
    if (!word || NOT_INSIDE.test(word[1])) break
    at = word.index
    if (DETERMINER.test(word[1])) return from + at
  }
  return start - (ADJECTIVES_ONLY.exec(before)?.[0].length ?? 0)
}

/** Takes a noun phrase out of its surroundings with the comma, "and" or preposition that tied it in. */
function dropPhrase(text: string, start: number, end: number): Cut {
  const left = text.slice(sentenceStart(text, start), start)
  const right = text.slice(end, sentenceEnd(text, end))
  const listed = /(?:,\s*(?:and|or)|,|\s(?:and|or))\s+$/.exec(left)
  const goesOn = /^,?\s+(?:and|or)\s+/.exec(right)
  const bare = /^\s*$/.test(left) && /^[\s.!?]*$/.test(right)
  const opens = THERE_IS.test(text.slice(0, start))
  if (bare || (opens && /^[\s.!?]*$/.test(right))) return { start: sentenceStart(text, start), end: sentenceEnd(text, end), put: '' }
  if (listed && (/^\s*[.!?;,]?\s*$/.test(right) || goesOn || /^,/.test(right))) {
    const lastOfTwo = goesOn && listed[0].trim() === ',' && /^,/.test(goesOn[0])
    return { start: start - listed[0].length, end: lastOfTwo ? end + 1 : end, put: '' }
  }
  if (goesOn) return { start, end: end + goesOn[0].length, put: '' }
  const comma = /^,\s+(?=\p{L})/u.exec(right)
  if (comma && (PREPOSITION.test(left) || opens)) return { start, end: end + comma[0].length, put: '' }
  const tie = [PREPOSITION, GERUND].map((pattern) => pattern.exec(left)).find(Boolean)
  if (tie && tie[0].length < left.length) return { start: start - tie[0].length, end, put: '' }
  return { start, end, put: 'something' }
}

function ofObject(text: string, claim: StrikeClaim, claims: readonly StrikeClaim[]): Cut {
  const own = claims.filter((one) => one.dependsOn === claim.id)
  const start = Math.min(phraseStart(text, claim.start), ...own.filter((one) => one.sort !== 'relation').map((one) => phraseStart(text, one.start)))
  const relation = own.find((one) => one.sort === 'relation' && one.end > claim.end)
  const other = relation && claims.find((one) => one.sort === 'object' && one.id !== claim.id && one.start > claim.end && one.end === relation.end)
  // "a dog to the left of a chair": the chair stays, in the place of the whole.
  if (other) return { start, end: Math.min(phraseStart(text, other.start), ...claims.filter((one) => one.dependsOn === other.id && one.sort !== 'relation').map((one) => phraseStart(text, one.start))), put: '' }
  return dropPhrase(text, start, Math.max(claim.end, relation?.end ?? 0))
}

function ofRelation(text: string, claim: StrikeClaim, claims: readonly StrikeClaim[]): Cut {
  const subject = claims.find((one) => one.id === claim.dependsOn)
  if (!subject) return dropPhrase(text, claim.start, claim.end)
  if (claim.start < subject.start) {
    const lead = text.slice(claim.start, subject.start)
    const thing = /(?:(?:an?|the|\p{L}+)\s+){0,3}$/iu.exec(lead.replace(/^.*?\b(?:is|are|stands?|sits?)\s+/i, ''))?.[0] ?? ''
    return { start: claim.start, end: subject.start - thing.length, put: /\bare\b|\b(?:stand|sit)\b/i.test(lead) ? 'there are ' : 'there is ' }
  }
  const other = claims.find((one) => one.sort === 'object' && one.id !== subject.id && one.start > subject.end && one.end === claim.end)
  if (!other) return { start: subject.end, end: claim.end, put: '' }
  const until = Math.min(phraseStart(text, other.start), ...claims.filter((one) => one.dependsOn === other.id && one.sort !== 'relation').map((one) => phraseStart(text, one.start)))
  const verb = /^\s*(?!(?:is|are|was|were)\b)(\p{L}+s|\p{L}+ing)\b/iu.exec(text.slice(subject.end, until))
  return { start: subject.end, end: until, put: verb ? ` ${verb[1]} with ` : ' and ' }
}

function ofText(text: string, claim: StrikeClaim): Cut {
  const left = text.slice(sentenceStart(text, claim.start), claim.start)
  const says = SAYS.exec(left)
  const listed = /["”»]\s*(?:,|and)/.test(left.slice(-8)) || /^\s*(?:,|and\b)\s*["“«]/.test(text.slice(claim.end))
  if (says && !listed && says[0].length < left.length && !THERE_IS.test(text.slice(0, claim.start))) return { start: claim.start - says[0].length, end: claim.end, put: '' }
  const cut = dropPhrase(text, claim.start, claim.end)
  return cut.put ? { ...cut, put: 'text' } : cut
}

function cutOf(text: string, claim: StrikeClaim, claims: readonly StrikeClaim[]): Cut {
  if (claim.sort === 'attribute') return { start: claim.start, end: claim.start + (/^\S+?,?\s+/.exec(text.slice(claim.start, claim.end))?.[0].length ?? 0), put: '' }
  if (claim.sort === 'count') {
    const word = /^(?:(?:couple|pair|group|team|crowd|family)\s+of|\S+)\s+/i.exec(text.slice(claim.start, claim.end))?.[0] ?? ''
    const article = /\ban?\s+$/i.exec(text.slice(0, claim.start))?.[0] ?? ''
    return { start: claim.start - article.length, end: claim.start + word.length, put: /^one\s/i.test(word) ? 'a ' : '' }
  }
  if (claim.sort === 'relation') return ofRelation(text, claim, claims)
  if (claim.sort === 'text') return ofText(text, claim)
  return ofObject(text, claim, claims)
}

const VOWEL = /^(?:[aeiou](?!ne\b|ni[cfqtv]|se[drf]|uro)|h(?:our|onest))/i

/** Puts the cut into effect and mends what touches it: a/an, double spaces and commas, the capital of a sentence. */
function apply(text: string, cut: Cut): string {
  let left = text.slice(0, cut.start)
  let right = cut.put + text.slice(cut.end)
  if (/^\s*[,;.!?]/.test(right)) left = left.replace(/[\s,;]+$/, '')
  if (/\s$/.test(left) || left === '') right = right.replace(/^[ \t,;]+/, '')
  if (/[.!?]$/.test(left) && /^\s*[.!?]/.test(right)) right = right.replace(/^\s*[.!?]+/, '')
  left = left.replace(/\b(an?)(\s+)$/i, (_, article: string, space: string) => {
    const wanted = VOWEL.test(right) ? 'an' : 'a'
    return (/^A/.test(article) ? wanted[0].toUpperCase() + wanted.slice(1) : wanted) + space
  })
  right = right.replace(/^an?(?=\s+(\p{L}+))/iu, (article: string, next: string) => (VOWEL.test(next) ? `${article[0]}n` : article[0]))
  const begins = left.trim() === '' || /[.!?]\s*$/.test(left)
  const wasCapital = /^[^\p{L}]*\p{Lu}/u.test(text.slice(sentenceStart(text, cut.start)))
  if (begins && wasCapital) right = right.replace(/\p{L}/u, (letter) => letter.toUpperCase())
  return right === '' || /^\s+$/.test(right) ? left.trimEnd() : left + right
}

/**
 * Takes one claim out of a caption by rules, with what depends on it: an adjective, a number, a noun phrase with the comma
 * or "and" that ties it in, a relation, a quoted text, a name. Only the cut and what touches it changes. Null when
 * nothing worth a caption would be left: reject it instead.
 */
export function strikeClaim(text: string, claims: readonly StrikeClaim[], id: number): Struck | null {
  const claim = claims.find((one) => one.id === id)
  if (!claim || claim.start < 0 || claim.end > text.length || claim.start >= claim.end) return null
  const cut = cutOf(text, claim, claims)
  const after = apply(text, cut)
  const left = after.match(/[\p{L}\p{N}]+/gu) ?? []
  if (after === text || left.length === 0 || (left.length === 1 && /^(?:something|text)$/i.test(left[0]))) return null
  return { text: after, cuts: [cut], gone: [...dependents(claims, id)] }
}

/** Several claims of one text, the last in it first, so that the places of the others stay true. Null when nothing would be left. */
export function strikeClaims(text: string, claims: readonly StrikeClaim[], ids: readonly number[]): string | null {
  const gone = claims.filter((claim) => ids.includes(claim.id)).toSorted((a, b) => b.start - a.start)
  let left: { text: string; claims: readonly StrikeClaim[] } = { text, claims }
  for (const { id } of gone) {
    if (!left.claims.some((claim) => claim.id === id)) continue
    const struck = strikeClaim(left.text, left.claims, id)
    if (!struck) return null
    const from = Math.min(...struck.cuts.map((cut) => cut.start))
    left = { text: struck.text, claims: left.claims.filter((claim) => claim.end <= from && !struck.gone.includes(claim.id)) }
  }
  return left.text
}
