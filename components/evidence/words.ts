import type { ClaimSort, ClaimVerdict, ClaimView } from '@/lib/claim/schema'

export const VERDICT_WORDS: Record<ClaimVerdict, string> = { supported: 'supported', contradicted: 'contradicted', unknown: 'not enough evidence' }
const SORT_WORDS: Record<ClaimSort, string> = { object: 'thing', count: 'count', attribute: 'attribute', relation: 'relation', text: 'text', name: 'name' }

/** Where a box lies, as one says it: "left", "upper right", "most of the picture". */
export function placeOf([x0, y0, x1, y1]: readonly [number, number, number, number]): string {
  if ((x1 - x0) * (y1 - y0) > 0.6) return 'most of the picture'
  const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2]
  const across = x < 0.36 ? 'left' : x > 0.64 ? 'right' : ''
  const down = y < 0.36 ? 'upper' : y > 0.64 ? 'lower' : ''
  if (!across && !down) return 'middle'
  return down && across ? `${down} ${across}` : down ? `${down} middle` : across
}

/** A claim with its evidence, as it is read aloud. */
export function claimInWords(claim: Pick<ClaimView, 'sort' | 'text' | 'verdict' | 'evidence' | 'decision'>): string {
  const places = [...new Set(claim.evidence.boxes.map(placeOf))]
  const decided = claim.decision === 'keep' ? ' Kept by a person.' : claim.decision === 'strike' ? ' Struck by a person.' : ''
  const where = places.length ? ` Seen: ${places.join(', ')}.` : ''
  return `${SORT_WORDS[claim.sort]} “${claim.text}”, ${VERDICT_WORDS[claim.verdict]}: ${claim.evidence.says || 'nothing speaks for or against it'}.${where}${decided}`
}
