import { CLAIM_THRESHOLD } from '@/lib/captioner/builtin/sight'
import { splitClaims } from '@/lib/claim/split'
import type { Case } from './case'

const middle = (box: readonly [number, number, number, number]) => (box[0] + box[2]) / 2

/** Left and right as our own detailed captions say them, against people's boxes. */
export function sideClaims(cases: readonly Case[]): { claims: number; right: number; wrong: number; absent: number } {
  const count = { claims: 0, right: 0, wrong: 0, absent: 0 }
  for (const { row, detailed } of cases)
    for (const { sort, about } of splitClaims(detailed)) {
      if (sort !== 'relation' || (about.way !== 'left' && about.way !== 'right')) continue
      const boxes = row.objects ?? []
      const these = boxes.filter((box) => about.classes.includes(box.label)).map((box) => middle(box.box))
      const those = about.other ? boxes.filter((box) => about.other?.includes(box.label)).map((box) => middle(box.box)) : [0.5]
      count.claims++
      if (these.length === 0 || those.length === 0) count.absent++
      else if (these.some((a) => those.some((b) => (about.way === 'left' ? a < b : a > b)))) count.right++
      else count.wrong++
    }
  return count
}

/** Colours measured inside boxes against the colour words people put before the same thing. */
export function colourClaims(cases: readonly Case[]): { compared: number; same: number } {
  const count = { compared: 0, same: 0 }
  for (const { row, text, sight } of cases) {
    const texts = row.captions ?? [text]
    const named = texts.flatMap((one) => splitClaims(one).filter((claim) => claim.sort === 'attribute' && claim.about.colour))
    for (const object of sight.objects.filter((one) => one.score >= CLAIM_THRESHOLD && one.colour && one.name !== 'person')) {
      const colours = new Set(named.filter((claim) => claim.about.classes.length === 1 && claim.about.classes[0] === object.name).map((claim) => claim.about.colour))
      if (colours.size === 0 || !object.colour) continue
      count.compared++
      if (colours.has(object.colour.name.replace(/^(dark|light) /, ''))) count.same++
    }
  }
  return count
}
