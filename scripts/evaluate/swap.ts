import { CLASSES } from '@/lib/captioner/builtin/classes'
import { auc, seeded } from '@/lib/claim/evaluate'
import type { BaseRates } from '@/lib/claim/presence'
import { splitClaims } from '@/lib/claim/split'
import { scoreOf, type Case } from './case'

/** One thing of each text replaced by another class at random: how often the true text scores higher. */
export function swapNouns(cases: readonly Case[], rates: BaseRates, seed = 1): { pairs: number; truthHigher: number; auc: number } {
  const random = seeded(seed)
  const trues: number[] = []
  const falses: number[] = []
  for (const { sight, text } of cases) {
    const things = splitClaims(text).filter((claim) => claim.sort === 'object' && claim.about.classes.length > 0)
    if (things.length === 0) continue
    const thing = things[Math.floor(random() * things.length)]
    const others = CLASSES.filter((name) => !thing.about.classes.includes(name))
    const swapped = text.slice(0, thing.start) + others[Math.floor(random() * others.length)] + text.slice(thing.end)
    trues.push(scoreOf(sight, text, rates) ?? 0)
    falses.push(scoreOf(sight, swapped, rates) ?? 0)
  }
  if (trues.length === 0) return { pairs: 0, truthHigher: 0, auc: 0.5 }
  return { pairs: trues.length, truthHigher: trues.filter((value, i) => value > falses[i]).length / trues.length, auc: auc(trues, falses) }
}
