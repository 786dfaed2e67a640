import { z } from 'zod'

/** x0 y0 x1 y1, each 0..1 of the upright picture. */
export const Box = z.tuple([z.number(), z.number(), z.number(), z.number()])
export type Box = z.infer<typeof Box>

export const SeenObject = z.object({
  /** COCO-80 class name */
  name: z.string(),
  /** fused score 0..1; claimed from CLAIM_THRESHOLD on */
  score: z.number(),
  box: Box,
  /** share of the picture, 0..1 */
  area: z.number(),
  /** dominant colour inside the box and its share, when one dominates */
  colour: z.object({ name: z.string(), share: z.number() }).nullable(),
})
export const SeenClass = z.object({ score: z.number(), area: z.number(), count: z.number() })
export const TextLine = z.object({ text: z.string(), score: z.number(), box: Box })

/** What the built-in describer saw on one picture: no words yet, only findings with their certainty. Stored as `Sight.data`. */
export const Sight = z.object({
  width: z.number(),
  height: z.number(),
  type: z.enum(['photo', 'graphic', 'screenshot']),
  /** how graphic-like, 0 = the border between photo and graphic */
  graphicScore: z.number(),
  blackAndWhite: z.boolean(),
  /** mean luma 0..255 */
  brightness: z.number(),
  /** colour name → share of the picture, largest first */
  palette: z.array(z.object({ name: z.string(), share: z.number() })),
  /** every fused box down to the detectors' floor of 0.05, duplicates dropped, best first */
  objects: z.array(SeenObject),
  /** per class: best score, its area, how many above 0.25 before duplicates were dropped */
  classes: z.record(z.string(), SeenClass),
  /** scene region → probability that the picture has it */
  scene: z.record(z.string(), z.number()),
  /** scene region → share of the picture */
  sceneShare: z.record(z.string(), z.number()),
  lines: z.array(TextLine),
  /** share of the picture under text lines */
  textArea: z.number(),
  /** what the picture looks like as a whole: 576 channels of the detector's middle layer, a byte each, base64 */
  look: z.string().optional(),
})
export type Sight = z.infer<typeof Sight>
export type SeenObject = z.infer<typeof SeenObject>
export type SeenClass = z.infer<typeof SeenClass>

/** +1 whenever what is seen changes. */
export const SIGHT_VERSION = 2
/** Objects below this fused score are not claimed (design: 3–5 % wrong classes at 0.35 on COCO photographs). */
export const CLAIM_THRESHOLD = 0.35
