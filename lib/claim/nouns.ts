import { CLASSES } from '@/lib/captioner/builtin/classes'
import { CLASS_SENSE, EVERYDAY, GENERAL, NOT_A_THING, SCENES_OF } from './vocabulary'
import { kindsOf, senses } from './wordnet'

const known = new Map<string, readonly string[]>()
let classSenses: readonly (readonly [string, number])[] | undefined

function sensesOfClasses() {
  return (classSenses ??= CLASSES.flatMap((name): (readonly [string, number])[] => {
    const [word, sense] = CLASS_SENSE[name] ?? [name, 0]
    const found = senses(word)[sense] ?? senses(word)[0]
    return found === undefined ? [] : [[name, found]]
  }))
}

/** The detector's classes that a noun may mean; none for what the detector does not know. `noun`: dictionary form. */
export function classesOf(noun: string): readonly string[] {
  const before = known.get(noun)
  if (before) return before
  const found = find(noun)
  known.set(noun, found)
  return found
}

function find(noun: string): readonly string[] {
  if (CLASSES.includes(noun)) return [noun]
  const everyday = EVERYDAY.get(noun)
  if (everyday) return everyday
  const [first] = senses(noun)
  if (NOT_A_THING.has(noun) || first === undefined) return []
  const kinds = kindsOf(first)
  const narrower = sensesOfClasses().filter(([, sense]) => kinds.has(sense)).map(([name]) => name)
  if (narrower.length || !GENERAL.has(noun)) return narrower
  return sensesOfClasses().filter(([, sense]) => kindsOf(sense).has(first)).map(([name]) => name)
}

/** Kinds of things that make up a region of the scene: region → word of WordNet and its sense from 0. */
const REGION_SENSES: readonly (readonly [region: string, word: string, sense: number])[] = [
  ['food', 'food', 0], ['food', 'food', 1], ['animal', 'animal', 0], ['vehicle', 'vehicle', 0], ['tree', 'tree', 0], ['building', 'building', 0], ['water', 'body_of_water', 0],
]

/** The regions of the scene that a noun suggests: by our own list, else by what it is a kind of ("spaghetti" is food). `noun`: dictionary form. */
export function scenesOf(noun: string): readonly string[] {
  const listed = SCENES_OF.get(noun)
  const [first] = senses(noun)
  if (listed || first === undefined || NOT_A_THING.has(noun)) return listed ?? []
  const kinds = kindsOf(first)
  return [...new Set(REGION_SENSES.filter(([, word, sense]) => kinds.has(senses(word)[sense] ?? -1)).map(([region]) => region))]
}
