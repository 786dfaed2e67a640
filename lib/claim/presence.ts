import type { Sight } from '@/lib/captioner/builtin/sight'
import { CLASSES } from '@/lib/captioner/builtin/classes'
import { SCENES } from './vocabulary'

/**
 * P(class present) from the best fused score, 0..1: one half at a score of 0.2, falling with its square, so that the
 * many boxes of 0.03 to 0.1 count for the few hundredths that they are worth. Rounded values, not tuned on captions.
 */
const calibrated = (score: number) => 1 / (1 + (0.2 / Math.max(score, 1e-6)) ** 2)
/** What is left when neither detector saw it; of what is rarer in the dataset, a third of its base rate. */
const UNSEEN = 0.01
const MISSED = 1 / 3

export const presence = (sight: Sight, name: string, base = 1): number => {
  const seen = sight.classes[name]
  const unseen = Math.min(UNSEEN, base * MISSED)
  return seen ? Math.max(unseen, calibrated(seen.score)) : unseen
}

/** P(any of these classes present), taken as independent. */
export const anyPresent = (sight: Sight, classes: readonly string[], rates: Readonly<Record<string, number>> = {}): number => 1 - classes.reduce((none, name) => none * (1 - presence(sight, name, rates[name])), 1)

/** How often things are seen in a person's own dataset; what a caption must be better than. */
export type BaseRates = {
  object: Readonly<Record<string, number>>
  scene: Readonly<Record<string, number>>
  type: Readonly<Record<Sight['type'], number>>
}

const between = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))

/** Sums over sights, so that base rates can be kept up without reading every picture's evidence again. */
export class RateCounter {
  private readonly objects = new Map<string, number>()
  private readonly scenes = new Map<string, number>()
  private readonly types = { photo: 0, graphic: 0, screenshot: 0 }
  private count = 0

  add(sight: Sight): void {
    this.count++
    this.types[sight.type]++
    for (const name of Object.keys(sight.classes)) this.objects.set(name, (this.objects.get(name) ?? 0) + presence(sight, name) - UNSEEN)
    for (const scene of SCENES) if (sight.scene[scene] !== undefined) this.scenes.set(scene, (this.scenes.get(scene) ?? 0) + sight.scene[scene])
  }

  /** Few pictures say little: five imagined average ones stand beside them. */
  rates(): BaseRates {
    const PRIOR = 5
    const mean = (sum: number, usual: number) => (sum + PRIOR * usual) / (this.count + PRIOR)
    return {
      object: Object.fromEntries(CLASSES.map((name) => [name, between(mean((this.objects.get(name) ?? 0) + UNSEEN * this.count, name === 'person' ? 0.4 : 0.03), 0.004, 0.9)])),
      scene: Object.fromEntries(SCENES.map((scene) => [scene, between(mean(this.scenes.get(scene) ?? 0, 0.25), 0.02, 0.9)])),
      type: { photo: mean(this.types.photo, 0.6), graphic: mean(this.types.graphic, 0.2), screenshot: mean(this.types.screenshot, 0.2) },
    }
  }
}
