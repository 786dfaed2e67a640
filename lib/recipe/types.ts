import type { Prompt } from '@/lib/captioner/types'

/** What a recipe may read of a sample. All of it came with data or from people: hostile until delimited. */
export type RecipeInput = {
  key: string
  alt?: string
  /** the caption to correct or to fuse with, and what people said of it */
  caption?: string
  reasons?: readonly string[]
  note?: string
  /** contradicted claims, as sentences */
  contradicted?: readonly string[]
  /** a reviewer's wish for this one sample */
  hint?: string
  /** text read off the picture */
  ocr?: readonly string[]
  meta?: Readonly<Record<string, unknown>>
  /** approved edits, as examples */
  examples?: readonly { before: string; after: string }[]
}

/** How a caption is asked for and what counts as one. Pure. One file in lib/recipe/, one line in the registry, one in the README, the contract test. */
export interface Recipe {
  /** Stored; never renamed. */
  readonly id: string
  /** +1 whenever prompt or accept change what is written. */
  readonly version: number
  readonly label: string
  /** the kind of caption it yields */
  readonly kind: string
  /** it mends a caption: the new one has the kind of the one that was put in */
  readonly keepsKind?: boolean
  /** the paper or report it follows */
  readonly source: string
  /** what the sample must have besides its image */
  readonly needs?: readonly ('alt' | 'caption')[]
  prompt(input: RecipeInput): Prompt
  /** Idempotent: accepting an accepted text changes nothing. `meta`: structured parts kept beside the prose. `rule`: the flag that says why not. */
  accept(draft: string, input: RecipeInput): Accepted
}

export type Accepted = { ok: true; text: string; meta?: Readonly<Record<string, unknown>> } | { ok: false; why: string; rule?: string }
