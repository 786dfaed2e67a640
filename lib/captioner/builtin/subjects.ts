import type { Evidence } from '@/lib/captioner/types'
import { area, unionBox } from './geometry'
import { again, isPlural, phrase, type Amount } from './nouns'
import { CLAIM_THRESHOLD, type Box, type SeenObject, type Sight } from './sight'

/** On drawings and pages the detectors see kites and clocks: claimed only when they are very sure. */
const CLAIM_THRESHOLD_DRAWN = 0.6
/** Unclaimed boxes of a class from here on make its count uncertain; without any, 15 of 17 counts on COCO photographs are exact. */
const POSSIBLE = 0.1
/** A colour word needs this share of the object, a class whose colour is its own, and a colour that lamps do not fake. */
const COLOUR_SHARE = 0.6
const COLOURED = new Set(['car', 'bus', 'truck', 'motorcycle', 'umbrella', 'kite', 'frisbee', 'suitcase', 'couch', 'fire hydrant', 'stop sign', 'surfboard', 'boat'])
const SURE_COLOURS = new Set(['red', 'yellow', 'green', 'blue', 'orange'])

export const claimThreshold = (sight: Pick<Sight, 'type'>) => (sight.type === 'photo' ? CLAIM_THRESHOLD : CLAIM_THRESHOLD_DRAWN)

/** All claimed objects of one class. */
export type Subject = {
  name: string
  amount: Amount
  boxes: Box[]
  /** the most striking one */
  main: SeenObject
  span: Box
  area: number
  salience: number
  /** "two dogs" */
  said: string
  /** "the dogs" */
  again: string
  plural: boolean
  evidence: Evidence[]
}

const salience = (one: SeenObject) => one.score * (Math.sqrt(one.area) + 0.12)
const MOST_BOXES = 12

/** What may be claimed, most striking first. */
export function subjectsOf(sight: Sight): Subject[] {
  const threshold = claimThreshold(sight)
  const claimed = Map.groupBy(sight.objects.filter(({ score }) => score >= threshold), ({ name }) => name)
  return [...claimed].map(([name, objects]): Subject => {
    const main = objects.reduce((a, b) => (salience(b) > salience(a) ? b : a))
    const possible = sight.objects.filter((one) => one.name === name && one.score >= POSSIBLE && one.score < threshold).length
    const amount = { count: objects.length, more: possible > 0 }
    const colours = objects.map(({ colour }) => (colour && colour.share >= COLOUR_SHARE && SURE_COLOURS.has(colour.name) ? colour.name : null))
    const colour = !sight.blackAndWhite && COLOURED.has(name) && colours.every((one) => one !== null && one === colours[0]) ? colours[0] : null
    const said = phrase(name, amount, colour ?? undefined)
    const evidence: Evidence[] = objects.slice(0, MOST_BOXES).map(({ score, box }) => ({ says: said, sort: 'object', box, score, note: name }))
    if (objects.length > 1) evidence.push({ says: said, sort: 'count', score: Math.min(...objects.map(({ score }) => score)), note: `${objects.length} boxes at ${threshold} or above${possible ? `, ${possible} weaker` : ''}` })
    if (colour && main.colour) evidence.push({ says: said, sort: 'attribute', box: main.box, score: main.colour.share, note: `${colour} covers this share of it` })
    return {
      name, amount, main, said, evidence,
      boxes: objects.map(({ box }) => box),
      span: unionBox(objects.map(({ box }) => box)),
      area: objects.reduce((sum, { box }) => sum + area(box), 0),
      salience: salience(main),
      again: again(name, amount),
      plural: isPlural(name, amount),
    }
  }).sort((a, b) => b.salience - a.salience)
}
