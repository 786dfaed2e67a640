import { grammar } from '@/lib/caption/grammar'
import type { Sight } from '@/lib/captioner/builtin/sight'
import { otherSceneWords } from './mentions'
import { anyPresent, presence, type BaseRates } from './presence'
import { bare } from './reading'
import type { Checked, Term } from './schema'
import { isSentence } from './split'

/** P(said | there) and P(said | not there) of a thing, of a region of the scene. */
const SAID_OF_THING = [0.5, 0.004] as const
const SAID_OF_SCENE = [0.25, 0.02] as const
const MANY_CLASSES = 4
/** What is left of the absence of a thing whose word may mean another. */
const SOFTENED = 0.5
/** A vision model says yes to nine in ten true things, and to two in ten false ones. */
const MODEL_SAYS = { supported: Math.log(0.9 / 0.2), contradicted: Math.log(0.1 / 0.8) }
const COUNT_SAYS = { supported: 0.25, contradicted: -0.35 }
const SCENE_WEIGHT = 0.6
const TEXT_WEIGHT = 0.9
const TYPE_WEIGHT = 0.8
/** Share of an alt text's words that stand on a picture by chance, and what keeps a picture without any from deciding alone. */
const TEXT_BY_CHANCE = 0.03
const TEXT_SOFT = 0.06
const UNMENTIONED_FROM = 0.3

/** log[(q·a + (1−q)·b) / (π·a + (1−π)·b)]: how much likelier the words are for this picture than for any of the dataset. */
const ratio = (q: number, base: number, [a, b]: readonly [number, number]) => Math.log((q * a + (1 - q) * b) / (base * a + (1 - base) * b))
/** How often people mention a thing of this share of the picture. */
const mentionRate = (area: number) => (area < 0.01 ? 0.12 : area < 0.05 ? 0.35 : area < 0.2 ? 0.6 : 0.75)
const anyOf = (rates: Readonly<Record<string, number>>, names: readonly string[]) => 1 - names.reduce((none, name) => none * (1 - (rates[name] ?? 0.01)), 1)

function things(checked: readonly Checked[], sight: Sight, rates: BaseRates): Term[] {
  const terms: Term[] = []
  const seen = new Set<string>()
  for (const claim of checked) {
    if (claim.byModel && claim.verdict !== 'unknown') {
      const value = claim.sort === 'object' ? MODEL_SAYS[claim.verdict] : COUNT_SAYS[claim.verdict]
      terms.push({ sort: 'model', value, says: `“${claim.text}”: ${claim.ground.says}` })
      continue
    }
    if (claim.sort !== 'object' || claim.about.classes.length === 0 || sight.type !== 'photo') continue
    const id = claim.about.classes.join('|')
    if (seen.has(id)) continue
    seen.add(id)
    const full = ratio(anyPresent(sight, claim.about.classes, rates.object), anyOf(rates.object, claim.about.classes), SAID_OF_THING) * (claim.about.classes.length < MANY_CLASSES ? 1 : 0.6)
    const value = full < 0 && claim.about.loose ? full * SOFTENED : full
    // What is not there never speaks for a caption, however rare it is in the dataset.
    terms.push({ sort: 'object', value: claim.verdict === 'contradicted' ? Math.min(value, 0) : value, says: claim.ground.says })
  }
  for (const claim of checked) if (claim.sort === 'count' && claim.verdict !== 'unknown' && checked[claim.dependsOn ?? 0]?.verdict === 'supported') terms.push({ sort: 'count', value: COUNT_SAYS[claim.verdict], says: claim.ground.says })
  return terms
}

function unmentioned(checked: readonly Checked[], sight: Sight, rates: BaseRates): Term[] {
  const named = new Set(checked.flatMap((claim) => (claim.sort === 'object' ? claim.about.classes : [])))
  // What names things by the way only does not tell what there is to see.
  const tells = checked.some((claim) => claim.sort === 'object' && claim.about.classes.length > 0 && !claim.about.loose)
  if (!tells || sight.type !== 'photo') return []
  return Object.entries(sight.classes).flatMap(([name, { area }]): Term[] => {
    const chance = presence(sight, name)
    if (named.has(name) || chance < UNMENTIONED_FROM) return []
    const value = Math.min(0, ratio(chance, rates.object[name] ?? 0.01, [1 - mentionRate(area), 0.985]))
    return [{ sort: 'unmentioned', value, says: `a ${name} covers ${area < 0.01 ? 'under 1' : Math.round(area * 100)} % of the picture and is not mentioned` }]
  })
}

function scenes(text: string, checked: readonly Checked[], sight: Sight, rates: BaseRates): Term[] {
  if (sight.type !== 'photo') return []
  // A thing that is not there suggests no scene either.
  const said = [...checked.filter((claim) => claim.sort === 'object' && claim.verdict !== 'contradicted').map((claim) => ({ word: claim.about.word, scenes: claim.about.scenes })), ...(checked.length ? otherSceneWords(text) : [])]
  const words = new Map<string, string>()
  for (const { word, scenes: suggested } of said) for (const one of suggested) if (!words.has(one)) words.set(one, word)
  return [...words].flatMap(([scene, word]): Term[] => {
    const chance = sight.scene[scene]
    if (chance === undefined || rates.scene[scene] === undefined) return []
    const value = SCENE_WEIGHT * ratio(chance, rates.scene[scene], SAID_OF_SCENE)
    return [{ sort: 'scene', value, says: `“${word}” suggests ${scene}: ${chance >= 0.5 ? 'seen' : value > 0 ? 'perhaps' : 'not seen'}, ${chance.toFixed(2)}` }]
  })
}

const FILLER = new Set('the and with from this that their have into over your about which where there image images picture photo screenshot screen page showing shows show using example'.split(' '))

function printed(text: string, sight: Sight): Term[] {
  const words = (text.match(/[\p{L}\p{N}']+/gu) ?? []).filter((word) => word.length >= 4 && !FILLER.has(word.toLowerCase()))
  if (sight.lines.length < 2 || words.length === 0) return []
  const all = bare(sight.lines.map((line) => line.text).join(''))
  const hits = words.filter((word) => all.includes(bare(word)))
  if (sight.type === 'photo' && hits.length === 0) return []
  const value = TEXT_WEIGHT * Math.log((hits.length / words.length + TEXT_SOFT) / (TEXT_BY_CHANCE + TEXT_SOFT))
  return [{ sort: 'text', value, says: hits.length ? `${hits.length} of ${words.length} words stand on the picture: ${hits.slice(0, 3).join(', ')}` : `none of its words stand on the picture, on which ${sight.lines.length} lines are read` }]
}

const PERSON_NAME = /^(\p{Lu}[\p{L}\p{N}.'’-]+ ){1,2}\p{Lu}[\p{L}\p{N}.'’-]+$/u
const TYPE_WORDS: readonly [RegExp, Sight['type']][] = [
  [/\b(screen ?shots?|web ?page|website|home ?page|form|interface|dashboard|tweet)\b/i, 'screenshot'],
  [/\b(logo|illustrat\w+|graphic|diagram|chart|graph|map|icon|drawing|drawn|painting|painted|sketch|cartoon|plot|palette|poster)\b/i, 'graphic'],
  [/\b(photo\w*|portrait|headshot|selfie)\b/i, 'photo'],
]
/** P(picture is of this type | the text says it is), rows: said. */
const TYPE_GIVEN: Record<Sight['type'], Record<Sight['type'], number>> = {
  photo: { photo: 0.85, graphic: 0.1, screenshot: 0.05 },
  graphic: { photo: 0.12, graphic: 0.4, screenshot: 0.48 },
  screenshot: { photo: 0.1, graphic: 0.25, screenshot: 0.65 },
}

/** What a text is about, before its first preposition, verb or comma: "Bar chart of rain", "Team photo, 2016". */
function headOf(text: string): string {
  const tokens = grammar(text)
  const end = tokens.find((token) => /^(?:ADP|VERB|AUX|SCONJ|CCONJ)$/.test(token.pos) && !TYPE_WORDS.some(([words]) => words.test(token.text)) || /^[.,;:!?(]/.test(token.text))
  return text.slice(0, end?.start ?? text.length)
}

/** A sentence about things, none of which stands on the picture as a word, makes one expect a photograph of them. */
const tellsOfThings = (text: string, checked: readonly Checked[], sight: Sight) =>
  isSentence(text) && checked.some((claim) => claim.sort === 'object' && claim.about.classes.length > 0) && !checked.some((claim) => claim.ground.boxes.length > 0) && sight.type !== 'photo'

function type(text: string, checked: readonly Checked[], sight: Sight, rates: BaseRates): Term[] {
  const name = PERSON_NAME.test(text.trim())
  const typeIn = (part: string) => TYPE_WORDS.find(([words]) => words.test(part))?.[1]
  const head = typeIn(headOf(text)) ?? (name ? 'photo' : undefined)
  const said = head ?? typeIn(text)
  const fits = said && TYPE_WEIGHT * Math.log(TYPE_GIVEN[said][sight.type] / rates.type[sight.type])
  // "A man looking at a map" may be a photograph all the same.
  const terms: Term[] = said && fits !== undefined ? [{ sort: 'type', value: head ? fits : Math.max(0, fits), says: `the text speaks of a ${said}; the picture is a ${sight.type}` }] : []
  if (!said && tellsOfThings(text, checked, sight)) terms.push({ sort: 'type', value: Math.min(0, TYPE_WEIGHT * Math.log(TYPE_GIVEN.photo[sight.type] / rates.type[sight.type])), says: `the text tells of things as a photograph shows them; the picture is a ${sight.type}` })
  if (name && presence(sight, 'person') > 0.5) terms.push({ sort: 'name', value: TYPE_WEIGHT * Math.log(1 / Math.max(0.1, rates.object.person ?? 0.3)), says: 'the text is a person’s name, and a person is seen' })
  return terms
}

export type Aligned = { score: number | null; terms: Term[] }

/**
 * How much better this text fits this picture than a picture drawn from the same dataset: a sum of log likelihood ratios,
 * each a sentence a person can check. 0 is neutral, higher is better, null where nothing could be checked.
 */
export function align(text: string, checked: readonly Checked[], sight: Sight, rates: BaseRates): Aligned {
  const grounds = [...things(checked, sight, rates), ...scenes(text, checked, sight, rates), ...printed(text, sight), ...type(text, checked, sight, rates)]
  if (grounds.length === 0) return { score: null, terms: [] }
  const terms = [...grounds, ...(isSentence(text) ? unmentioned(checked, sight, rates) : [])]
  return { score: terms.reduce((sum, term) => sum + term.value, 0), terms: terms.sort((a, b) => Math.abs(b.value) - Math.abs(a.value)) }
}
