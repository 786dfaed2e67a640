import { z } from 'zod'
import { Box } from '@/lib/captioner/builtin/sight'

export const ClaimSort = z.enum(['object', 'count', 'attribute', 'relation', 'text', 'name'])
export type ClaimSort = z.infer<typeof ClaimSort>
export const ClaimVerdict = z.enum(['supported', 'contradicted', 'unknown'])
export type ClaimVerdict = z.infer<typeof ClaimVerdict>

/** What is claimed, for the checker. `classes`: what the detector would call the thing; empty where it knows no such thing. */
export const About = z.object({
  word: z.string(),
  classes: z.array(z.string()).default([]),
  /** regions of the scene that the word suggests */
  scenes: z.array(z.string()).default([]),
  count: z.number().optional(),
  colour: z.string().optional(),
  way: z.enum(['left', 'right', 'above', 'below']).optional(),
  /** the other end of a relation; absent: the picture itself ("on the left") */
  other: z.array(z.string()).optional(),
  plural: z.boolean().optional(),
  /** the word may well mean something that no detector knows: it is said of many kinds ("food"), or of what sort a thing is ("bird house") */
  loose: z.boolean().optional(),
})
export type About = z.infer<typeof About>

/** One checkable statement, tied to its span of the caption (UTF-16 offsets). `dependsOn`: place in the list of the claim that must hold first. */
export const Claim = z.object({ sort: ClaimSort, start: z.number().int(), end: z.number().int(), text: z.string(), about: About, dependsOn: z.number().int().nullable() })
export type Claim = z.infer<typeof Claim>

/** What was seen, in words a person can check; where; how surely (0..1). */
export const Ground = z.object({ says: z.string(), boxes: z.array(Box).default([]), score: z.number().nullable().default(null) })
export type Ground = z.infer<typeof Ground>
/** `checkedBy`: who gave the verdict, the detectors where absent; `byModel`: a vision model's answer counts. */
export type Checked = Claim & { verdict: ClaimVerdict; ground: Ground; checkedBy?: string; byModel?: boolean }

export type ClaimView = {
  id: number
  captionId: number
  sort: ClaimSort
  start: number
  end: number
  text: string
  dependsOn: number | null
  verdict: ClaimVerdict
  evidence: Ground
  decision: 'keep' | 'strike' | null
  decidedBy: string | null
  /** who split the caption, and who gave the verdict: "rules@2", "detector@2", or a captioner with its model */
  splitBy: string | null
  checkedBy: string | null
}

/** One reason behind an alignment: positive speaks for the pair, negative against it; natural logarithm of a likelihood ratio. */
export type Term = { sort: 'object' | 'count' | 'unmentioned' | 'scene' | 'text' | 'type' | 'name' | 'words' | 'model'; value: number; says: string }
