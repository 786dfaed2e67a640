import { CLASSES } from '@/lib/captioner/builtin/classes'
import { auc, seeded } from '@/lib/claim/evaluate'
import type { BaseRates } from '@/lib/claim/presence'
import { splitClaims } from '@/lib/claim/split'
import { scoreOf, textsOf, type Case } from './case'

const SEEDS = 3

/** The classes that a picture is known to show: by people's boxes, or by any of its texts. */
const shown = ({ row }: Case) => new Set([...(row.objects ?? []).map((one) => one.label), ...textsOf(row).flatMap((text) => splitClaims(text).flatMap((claim) => claim.about.classes))])

export type Swapped = { pairs: number; truthHigher: number; equal: number; auc: number }

/** In every text one thing at random is replaced by a class that the picture does not show: how often the true text scores higher. */
export function swapNouns(cases: readonly Case[], rates: BaseRates): Swapped {
  const trues: number[] = []
  const falses: number[] = []
  for (let seed = 1; seed <= SEEDS; seed++) {
    const random = seeded(seed)
    for (const one of cases) {
      const there = shown(one)
      const others = CLASSES.filter((name) => !there.has(name))
      for (const text of textsOf(one.row)) {
        const things = splitClaims(text).filter((claim) => claim.sort === 'object' && claim.about.classes.length > 0)
        if (things.length === 0) continue
        const thing = things[Math.floor(random() * things.length)]
        const swapped = text.slice(0, thing.start) + others[Math.floor(random() * others.length)] + text.slice(thing.end)
        trues.push(scoreOf(one.sight, text, rates) ?? 0)
        falses.push(scoreOf(one.sight, swapped, rates) ?? 0)
      }
    }
  }
  const share = (count: number) => (trues.length ? count / trues.length : 0)
  return { pairs: trues.length, truthHigher: share(trues.filter((value, i) => value > falses[i]).length), equal: share(trues.filter((value, i) => value === falses[i]).length), auc: trues.length ? auc(trues, falses) : 0.5 }
}
