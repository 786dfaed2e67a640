const NUMBERS = ['no', 'one', 'two', 'three', 'four'] as const
/** Classes said in other words than COCO's. */
const NAMES: Readonly<Record<string, string | undefined>> = {
  'dining table': 'table', tv: 'screen', mouse: 'computer mouse', remote: 'remote control', 'cell phone': 'mobile phone',
  'sports ball': 'ball', 'hair drier': 'hair dryer', donut: 'doughnut',
}
const PLURALS: Readonly<Record<string, string | undefined>> = {
  person: 'people', sheep: 'sheep', knife: 'knives', mouse: 'computer mice', scissors: 'pairs of scissors', skis: 'skis',
  broccoli: 'pieces of broccoli', 'wine glass': 'wine glasses', bus: 'buses', bench: 'benches', couch: 'couches',
  sandwich: 'sandwiches', toothbrush: 'toothbrushes',
}
/** Said without an article, or with a measure word. */
const SINGULARS: Readonly<Record<string, string | undefined>> = { skis: 'skis', scissors: 'a pair of scissors', broccoli: 'broccoli' }

export const article = (phrase: string) => (/^[aeiou]/i.test(phrase) ? 'an' : 'a')
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** "a", "a and b", "a, b and c". */
export const list = (parts: readonly string[]): string => (parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`)

export type Amount = { count: number; /** more of them may be there */ more: boolean }

/** Whether `phrase(…)` takes a plural verb. */
export const isPlural = (name: string, { count }: Amount) => count > 1 || name === 'skis'

/** A noun phrase for so many of a class: exact up to four where the count is sure, vaguer beyond. */
export function phrase(name: string, amount: Amount, colour?: string): string {
  const { count, more } = amount
  const noun = NAMES[name] ?? name
  if (name === 'skis' || count === 1) {
    if (SINGULARS[name]) return SINGULARS[name]
    const words = colour ? `${colour} ${noun}` : noun
    return `${article(words)} ${words}`
  }
  const plural = PLURALS[name] ?? `${noun}s`
  const words = colour ? `${colour} ${plural}` : plural
  if (count > 9) return `many ${words}`
  if (count > 4 || (more && count > 2)) return `several ${words}`
  return more ? `at least two ${words}` : `${NUMBERS[count]} ${words}`
}

/** The same again: "the dog", "the dogs". */
export const again = (name: string, amount: Amount) => `the ${isPlural(name, amount) ? (PLURALS[name] ?? `${NAMES[name] ?? name}s`) : name === 'scissors' ? 'scissors' : (NAMES[name] ?? name)}`
