import type { BlendSpec } from './schema'

export type Preset = { id: string; label: string; p: number; source: string }

/** Ratios that were published, with where. Every one of them is a p of the pick. */
export const presets: readonly Preset[] = [
  { id: 'dalle3', label: 'DALL·E 3', p: 0.95, source: 'Betker et al. 2023, “Improving Image Generation with Better Captions”: 95 % synthetic, 5 % original' },
  { id: 'dalle3-90', label: '90 %', p: 0.9, source: 'Betker et al. 2023, figure 5: better than 80 %, a little behind 95 %' },
  { id: 'dalle3-80', label: '80 %', p: 0.8, source: 'Betker et al. 2023, figure 5: behind 90 and 95 %' },
  { id: 'dalle3-65', label: '65 %', p: 0.65, source: 'Betker et al. 2023: far behind on every evaluation and dropped mid-way' },
  { id: 'sd3', label: 'Stable Diffusion 3', p: 0.5, source: 'Esser et al. 2024, table 4: half original, so as not to forget concepts the captioner lacks' },
  { id: 'metaclip', label: 'MetaCLIP 1.2', p: 0.15, source: 'Xu et al. 2024, “Altogether”: 15 % synthetic for CLIP training' },
  { id: 'synthetic', label: 'All synthetic', p: 1, source: 'CapsFusion, KALE, PixArt-α: every caption rewritten' },
  { id: 'original', label: 'All original', p: 0, source: 'The texts the data came with' },
]

export const presetOf = (spec: Pick<BlendSpec, 'p'>): Preset | undefined => presets.find((preset) => preset.p === spec.p)
