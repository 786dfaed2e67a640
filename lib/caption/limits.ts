/** Text encoders whose vocabulary does not come with Recaption: a person places their tokenizer.json. */
export const ENCODERS = ['t5', 'siglip'] as const
export type Encoder = (typeof ENCODERS)[number]

/** How much of a caption a trainer's text encoder reads. `counts`: whose tokens; `tokens`: places, end marks included. */
export type Limit = { readonly id: string; readonly label: string; readonly counts: 'clip' | Encoder; readonly tokens: number; readonly usedBy: string }

/** Where encoders stop reading a text, by the id of the limit; null: all of it fits. What is left out is told by `cutsOf`. */
export type Cuts = Readonly<Record<string, number | null>>

export const limits: readonly Limit[] = [
  { id: 'clip-77', label: 'CLIP 77', counts: 'clip', tokens: 77, usedBy: 'Stable Diffusion 1.5, SDXL' },
  { id: 'clip-225', label: 'CLIP 3 × 75', counts: 'clip', tokens: 227, usedBy: 'kohya sd-scripts with max_token_length 225: three chunks of 75' },
  { id: 't5-256', label: 'T5 256', counts: 't5', tokens: 256, usedBy: 'Stable Diffusion 3, Flux schnell' },
  { id: 't5-512', label: 'T5 512', counts: 't5', tokens: 512, usedBy: 'Flux dev' },
  { id: 'siglip-64', label: 'SigLIP 64', counts: 'siglip', tokens: 64, usedBy: 'SigLIP and encoders made of it' },
]
