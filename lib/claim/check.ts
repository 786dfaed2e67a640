import { CLAIM_THRESHOLD, type Box, type SeenObject, type Sight } from '@/lib/captioner/builtin/sight'
import { anyPresent } from './presence'
import { readOnPicture, similarity } from './reading'
import type { Checked, Claim, ClaimVerdict, Ground } from './schema'

/** On drawings and pages the detectors see kites and clocks: there only the surest finds count. */
const SURE_ON_DRAWING = 0.6
/** Below this probability, for words of few classes, a thing is said not to be there. */
const ABSENT = 0.1
const FEW_CLASSES = 4
/** Regions that the scene head tells apart well enough to contradict (out-of-fold AUC of at least 0.9). */
const RELIABLE_SCENES = new Set(['snow', 'sky', 'food', 'animal', 'vehicle', 'tree', 'grass'])
const SCENE_SEEN = 0.5
const SCENE_ABSENT = 0.03
/** Share of the picture by which centres must differ before left and right are told apart. */
const MARGIN = 0.12
const COLOUR_SURE = 0.6

const percent = (share: number) => `${Math.round(share * 100)} %`
const two = (value: number) => value.toFixed(2)
const middle = (box: Box) => ({ x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 })

type Answer = { verdict: ClaimVerdict; ground: Ground }
const answer = (verdict: ClaimVerdict, says: string, boxes: readonly Box[] = [], score: number | null = null): Answer => ({ verdict, ground: { says, boxes: [...boxes], score } })

const needed = (sight: Sight) => (sight.type === 'photo' ? CLAIM_THRESHOLD : SURE_ON_DRAWING)
const found = (sight: Sight, classes: readonly string[]): SeenObject[] => sight.objects.filter((one) => classes.includes(one.name) && one.score >= needed(sight))
const best = (sight: Sight, classes: readonly string[]) => Math.max(0, ...classes.map((name) => sight.classes[name]?.score ?? 0))

function object({ about }: Claim, sight: Sight): Answer {
  const seen = found(sight, about.classes)
  if (seen.length) {
    const [top] = seen
    return answer('supported', `${about.word}: ${top.name === about.word ? '' : `a ${top.name} `}found, ${two(top.score)}, covering ${percent(top.area)} of the picture`, seen.map((one) => one.box), top.score)
  }
  if (about.classes.length) {
    const most = best(sight, about.classes)
    const printed = readOnPicture(about.word, sight.lines)
    if (printed) return answer('unknown', `no ${about.word} found, but the word stands on the picture`, [printed.box], printed.score)
    if (sight.type !== 'photo') return answer('unknown', `no ${about.word} found; the detector knows photographs, and this is a ${sight.type}`, [], most)
    const chance = anyPresent(sight, about.classes)
    if (chance < ABSENT && about.classes.length < FEW_CLASSES) return answer('contradicted', `the caption says ${about.word}: none found, best ${two(most)}`, [], most)
    return answer('unknown', `the caption says ${about.word}: perhaps, best ${two(most)}`, [], most)
  }
  return scene(about.word, about.scenes, sight)
}

function scene(word: string, scenes: readonly string[], sight: Sight): Answer {
  const known = scenes.filter((one) => sight.scene[one] !== undefined)
  if (known.length === 0 || sight.type !== 'photo') return answer('unknown', `nothing here can tell whether there is ${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`)
  const top = known.reduce((a, b) => (sight.scene[a] >= sight.scene[b] ? a : b))
  const chance = sight.scene[top]
  if (chance >= SCENE_SEEN) return answer('supported', `${word}: ${top} seen over ${percent(sight.sceneShare[top] ?? 0)} of the picture, ${two(chance)}`, [], chance)
  if (chance < SCENE_ABSENT && known.every((one) => RELIABLE_SCENES.has(one))) return answer('contradicted', `the caption says ${word}: no ${top} seen, ${two(chance)}`, [], chance)
  return answer('unknown', `${word}: ${top} perhaps, ${two(chance)}`, [], chance)
}

function count({ about }: Claim, sight: Sight): Answer {
  const said = about.count ?? 1
  const seen = found(sight, about.classes)
  const sure = seen.filter((one) => one.score >= 0.5)
  const loose = sight.objects.filter((one) => about.classes.includes(one.name) && one.score >= 0.2)
  const boxes = seen.map((one) => one.box)
  const several = /several|many/.test(about.word) || said >= 3
  if (seen.length === said || (several && Math.abs(seen.length - said) <= 1 && seen.length >= 3)) return answer('supported', `${seen.length} found`, boxes)
  if (said >= 2 && loose.length === 1 && loose[0].score >= SURE_ON_DRAWING) return answer('contradicted', `the caption says ${said}: one found, and no trace of another`, boxes, loose[0].score)
  if (sure.length >= said + 2) return answer('contradicted', `the caption says ${said}: ${sure.length} found`, sure.map((one) => one.box))
  return answer('unknown', `the caption says ${said}: ${seen.length} found surely; crowds and small things are miscounted`, boxes)
}

const NEAR: Readonly<Record<string, readonly string[]>> = { beige: ['white', 'brown', 'yellow', 'gray'], brown: ['beige', 'red', 'orange', 'black', 'gray'], gray: ['white', 'black', 'blue', 'beige', 'brown'], white: ['gray', 'beige'], black: ['gray', 'brown', 'blue'], orange: ['red', 'yellow', 'brown'], red: ['orange', 'pink', 'brown', 'purple'], pink: ['red', 'purple', 'white'], purple: ['blue', 'pink', 'red'], blue: ['gray', 'purple', 'black', 'green'], green: ['gray', 'black', 'yellow', 'blue'], yellow: ['orange', 'beige', 'green', 'white'] }
const GREYS = new Set(['black', 'white', 'gray'])

function attribute({ about }: Claim, sight: Sight): Answer {
  const said = about.colour ?? ''
  const seen = found(sight, about.classes)
  if (sight.blackAndWhite) return GREYS.has(said) ? answer('unknown', 'the picture is black and white') : answer('contradicted', `the caption says ${said}: the picture is black and white`, seen.map((one) => one.box))
  const coloured = seen.filter((one) => one.name !== 'person' && one.colour)
  const shown = coloured.map((one) => ({ box: one.box, name: (one.colour?.name ?? '').replace(/^(dark|light) /, ''), share: one.colour?.share ?? 0 }))
  const same = shown.find((one) => one.name === said)
  if (same) return answer('supported', `${said} covers ${percent(same.share)} of it`, [same.box], same.share)
  const other = shown.length === 1 && shown[0].share >= COLOUR_SURE && !NEAR[said]?.includes(shown[0].name) ? shown[0] : undefined
  if (other) return answer('contradicted', `the caption says ${said}: ${other.name} covers ${percent(other.share)} of it`, [other.box], other.share)
  return answer('unknown', `whether it is ${said} cannot be told surely`, seen.map((one) => one.box))
}

const OPPOSITE = { left: 'right', right: 'left', above: 'below', below: 'above' } as const

/** How far `a` lies in the direction `way` from `b`, as a share of the picture; negative = the other way. */
function toward(way: keyof typeof OPPOSITE, a: Box, b: Box): number {
  const [p, q] = [middle(a), middle(b)]
  return way === 'left' ? q.x - p.x : way === 'right' ? p.x - q.x : way === 'above' ? q.y - p.y : p.y - q.y
}

function relation({ about }: Claim, sight: Sight): Answer {
  const way = about.way ?? 'left'
  const these = found(sight, about.classes).map((one) => one.box)
  const those: Box[] = about.other ? found(sight, about.other).map((one) => one.box) : [[0.4, 0.4, 0.6, 0.6]]
  if (these.length === 0 || those.length === 0) return answer('unknown', 'the other thing was not found, so where they are cannot be compared', these)
  const pairs = these.flatMap((a) => those.filter((b) => b !== a).map((b) => toward(way, a, b)))
  const most = Math.max(...pairs)
  const boxes = about.other ? [...these, ...those] : these
  const said = about.other ? `${way === 'left' || way === 'right' ? `to the ${way} of` : way} it` : `on the ${way}`
  if (most > MARGIN) return answer('supported', `it is ${said}, by ${percent(most)} of the picture`, boxes)
  if (most < -MARGIN) return answer('contradicted', `the caption says ${way}: it is ${OPPOSITE[way]}, by ${percent(-most)} of the picture`, boxes)
  return answer('unknown', 'they are too close together to tell', boxes)
}

function text({ about }: Claim, sight: Sight): Answer {
  const printed = readOnPicture(about.word, sight.lines)
  if (printed) return answer('supported', `“${printed.text}” is read on the picture, ${two(printed.score)}`, [printed.box], printed.score)
  if (sight.lines.length === 0) return answer('unknown', 'no text could be read on the picture')
  const closest = sight.lines.reduce((a, b) => (similarity(about.word, a.text) >= similarity(about.word, b.text) ? a : b))
  const says = `the caption quotes “${about.word}”: read were ${sight.lines.length} line${sight.lines.length === 1 ? '' : 's'}, closest “${closest.text}”`
  return answer(similarity(about.word, closest.text) < 0.3 && sight.lines.length >= 2 ? 'contradicted' : 'unknown', says, [closest.box], closest.score)
}

function name({ about }: Claim, sight: Sight, sources: readonly string[]): Answer {
  const printed = readOnPicture(about.word, sight.lines)
  if (printed) return answer('supported', `“${printed.text}” is read on the picture, ${two(printed.score)}`, [printed.box], printed.score)
  if (sources.some((source) => source.toLowerCase().includes(about.word.toLowerCase()))) return answer('supported', 'the alt text gives this name')
  return answer('unknown', `neither the alt text nor the picture gives the name “${about.word}”`)
}

const CHECKS: Record<Claim['sort'], (claim: Claim, sight: Sight, sources: readonly string[]) => Answer> = { object, count, attribute, relation, text, name }

/**
 * Each claim against what was seen: supported, contradicted, or not enough evidence, with what was seen, where and how
 * surely. A claim about a thing that is not there falls with it. `sources`: texts that may supply names.
 */
export function checkClaims(claims: readonly Claim[], sight: Sight, sources: readonly string[] = []): Checked[] {
  const checked: Checked[] = []
  for (const claim of claims) {
    const parent = claim.dependsOn === null ? undefined : checked[claim.dependsOn]
    const fallen: Answer | undefined = parent?.verdict === 'contradicted' ? answer('contradicted', `it speaks of what is not there: ${parent.ground.says}`) : parent && parent.verdict === 'unknown' ? answer('unknown', `it speaks of what could not be found: ${parent.ground.says}`) : undefined
    checked.push({ ...claim, ...(fallen ?? CHECKS[claim.sort](claim, sight, sources)) })
  }
  return checked
}
