import type { FlagSort } from './types'

type Names = Omit<FlagSort, 'id'>

const rule = (label: string, hint: string): Names => ({ label, hint, raisedBy: 'rule' })
const guard = (label: string, hint: string): Names => ({ label, hint, raisedBy: 'guard' })

const names = {
  empty: rule('Empty', 'There is no alt text.'),
  'too-short': rule('Too short', 'Fewer than 3 words, or at most 5 characters.'),
  'too-long': rule('Too long', 'More than 256 words.'),
  filename: rule('File name', 'The text is the name of a file.'),
  url: rule('Web address', 'The text holds a web address.'),
  boilerplate: rule('Boilerplate', 'Words of the web page, not of the picture.'),
  'price-or-cta': rule('Price or call to buy', 'A price, an offer, or a call to act.'),
  hashtags: rule('Hashtags', 'The text holds hashtags.'),
  digits: rule('Digits', 'More than half of the characters are digits.'),
  repetition: rule('Repetition', 'The same words again and again.'),
  caps: rule('Capitals', 'Most letters are capitals.'),
  'no-noun': rule('No noun', 'No word names a thing.'),
  'non-target-language': rule('Other language', 'Not in the language of the dataset.'),
  'dup-alt': rule('Same alt text', 'Several samples have this very text.'),
  misaligned: { label: 'Misaligned', hint: 'What is seen on the picture speaks against the text.', raisedBy: 'evidence' },
  refusal: guard('Refusal', 'The model declined instead of describing.'),
  'cut-off': guard('Cut off', 'The text stops in the middle.'),
  loop: guard('Loop', 'The model repeats itself.'),
  'leaked-prompt': guard('Leaked prompt', 'Parts of the instruction stand in the text.'),
  echo: guard('Echo', 'The answer repeats or obeys text that came with the data.'),
  'same-text': guard('Same text', 'Several samples got this very caption.'),
  'banned-opening': guard('Worn-out opening', 'The text speaks of the image instead of what is on it.'),
  'unsupported-name': guard('Unsupported name', 'A name that nothing supplied.'),
  'lost-detail': guard('Lost detail', 'A name of the alt text is gone.'),
  'nothing-recognised': guard('Nothing recognised', 'The captioner recognised nothing on the picture.'),
  missing: { label: 'Missing picture', hint: 'The picture could not be found or fetched.', raisedBy: 'media' },
  broken: { label: 'Broken picture', hint: 'The picture cannot be decoded.', raisedBy: 'media' },
  'near-duplicate': { label: 'Near duplicate', hint: 'Another sample has nearly the same picture.', raisedBy: 'media' },
  flagged: { label: 'Flagged', hint: 'A person wants this looked at.', raisedBy: 'person' },
} as const satisfies Record<string, Names>

export type FlagId = keyof typeof names

/** Every flag there is, in the order in which screens list them. No rule is loaded by this file, so a browser may import it. */
export const flagSorts: readonly FlagSort[] = Object.entries(names).map(([id, rest]) => ({ id, ...rest }))

/** The names of one flag, for its rule. */
export const named = (id: FlagId) => ({ id, label: names[id].label, hint: names[id].hint })

/** The names of a flag by a stored id; an id that is not known any more names itself. */
export const flagSort = (id: string): FlagSort => flagSorts.find((sort) => sort.id === id) ?? { id, label: id, hint: '', raisedBy: 'rule' }

/** Ids whose open flag holds a model's caption back. */
export const guardIds: readonly string[] = [...flagSorts.filter((sort) => sort.raisedBy === 'guard').map((sort) => sort.id), 'non-target-language']
