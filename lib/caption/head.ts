import type { CaptionView, Standing } from './schema'

type Candidate = Pick<CaptionView, 'id' | 'kind' | 'origin' | 'standing' | 'quarantined' | 'retired'>

/**
 * The one caption of a kind that speaks for its sample: among those not retired, not quarantined and in an allowed
 * standing, the newest human one, else the newest approved one, else the newest. Ids follow insertion, so the largest id
 * is the newest.
 */
export function headOf<T extends Candidate>(captions: readonly T[], kind: string, standings: readonly Standing[] = ['approved', 'pending']): T | undefined {
  let head: T | undefined
  let rank = -1
  for (const caption of captions) {
    if (caption.kind !== kind || caption.retired || caption.quarantined || !standings.includes(caption.standing)) continue
    const own = caption.origin === 'human' ? 2 : caption.standing === 'approved' ? 1 : 0
    if (own > rank || (own === rank && head && caption.id > head.id)) {
      head = caption
      rank = own
    }
  }
  return head
}

/** The kinds there are among these captions, `alt` first, the others by name. */
export const kindsOf = (captions: readonly Pick<CaptionView, 'kind'>[]): string[] =>
  [...new Set(captions.map((caption) => caption.kind))].sort((a, b) => Number(b === 'alt') - Number(a === 'alt') || (a < b ? -1 : 1))
