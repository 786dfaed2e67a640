/** A sample as flag rules see it. */
export type Inspected = {
  key: string
  /** the caption under the rule; undefined when the sample has no alt text at all */
  text?: string
  kind: string
  origin: string
  /** the sample's original text, for guards that compare with it */
  alt?: string
  /** how many samples of the dataset have this very text */
  sameTextCount?: number
  /** guards: the prompt that was sent, how the answer ended, text read off the picture */
  prompt?: { system: string; user: string }
  finish?: 'stop' | 'length' | 'filtered'
  ocr?: readonly string[]
  /** the language the dataset is meant to be in: ISO 639-1, default "en" */
  language?: string
}

/** A rule that raises a reason to look. Pure; never throws, on empty text neither. One file in lib/flag/, one line in the registry, one in the README, the contract test. */
export interface FlagRule {
  /** Stored; never renamed. */
  readonly id: string
  readonly label: string
  readonly hint: string
  /** which captions it looks at: alt texts, or what models wrote (a guard: an open flag quarantines the caption) */
  readonly on: 'alt' | 'model'
  check(sample: Inspected): { evidence: string } | null
}
