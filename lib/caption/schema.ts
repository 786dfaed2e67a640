import { z } from 'zod'

export const Origin = z.enum(['source', 'model', 'human'])
export type Origin = z.infer<typeof Origin>
export const Standing = z.enum(['pending', 'approved', 'rejected'])
export type Standing = z.infer<typeof Standing>
/** `alt` is the text a sample came with; others are named by their recipes. */
export const Kind = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'a kind is a lower-case word of at most 32 letters, digits and hyphens')

export type CaptionView = {
  id: number
  sampleId: number
  kind: string
  origin: Origin
  standing: Standing
  text: string
  /** +1 with every verdict; a write names the version it saw */
  version: number
  words: number
  /** CLIP tokens with both end marks; null until counted */
  tokens: number | null
  model: string | null
  /** "short@1" */
  recipe: string | null
  runId: number | null
  parentId: number | null
  author: string | null
  /** a guard's flag on it is open */
  quarantined: boolean
  /** taken out of play by rolling back its run, or by undoing the edit that made it */
  retired: boolean
  createdAt: string
}

export type NewCaption = {
  datasetId: number
  sampleId: number
  text: string
  kind: string
  origin: Origin
  standing?: Standing
  model?: string | null
  recipe?: string | null
  runId?: number | null
  parentId?: number | null
  author?: string | null
}

/** Texts that may be longer than any caption is. */
const LONGEST = 200_000
/** So many texts are asked about at once, at most. */
export const MOST_CUTS = 100
export const CutsAsked = z.object({ texts: z.array(z.string().max(LONGEST)).max(MOST_CUTS) })
