/** A sample as flag rules see it. */
export type Inspected = {
  key: string
  /** the caption under the rule; undefined when the sample has no alt text at all */
  text?: string
  kind: string
  origin: string
  /** the sample's original text, for guards that compare with it */
  alt?: string
  /** how many samples of the dataset have this very text, this one included */
  sameTextCount?: number
  /** guards: the prompt that was sent, how the answer ended, text read off the picture */
  prompt?: { system: string; user: string }
  finish?: 'stop' | 'length' | 'filtered'
  ocr?: readonly string[]
  /** the language the dataset is meant to be in: ISO 639-1, default "en" */
  language?: string
}

/** How a reason to look is shown, and what raises it: a rule on alt texts, a guard on what models wrote, the picture itself, the evidence of a checker, or a person. */
export type FlagSort = { readonly id: string; readonly label: string; readonly hint: string; readonly raisedBy: 'rule' | 'guard' | 'media' | 'evidence' | 'person' }

/**
 * A rule that raises a reason to look. Pure; never throws, on empty text neither. One file in lib/flag/, one line in the
 * catalogue (its names, which a browser may read), one line in the registry, one in the README, the contract test.
 */
export interface FlagRule {
  /** Stored; never renamed. */
  readonly id: string
  readonly label: string
  readonly hint: string
  /** which captions it looks at: alt texts, what models wrote (a guard: an open flag quarantines the caption), or both */
  readonly on: 'alt' | 'model' | 'both'
  check(sample: Inspected): { evidence: string } | null
}
