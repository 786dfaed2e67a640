import type { CaptionView, Standing } from './schema'

type Candidate = Pick<CaptionView, 'id' | 'kind' | 'origin' | 'standing' | 'quarantined' | 'retired'>

const byKind = (a: string, b: string) => Number(b === 'alt') - Number(a === 'alt') || (a < b ? -1 : 1)
const maySpeak = (caption: Candidate, standings: readonly Standing[]) => !caption.retired && !caption.quarantined && standings.includes(caption.standing)
const rank = ({ origin, standing }: Candidate) => (origin === 'human' ? 2 : standing === 'approved' ? 1 : 0)
const isBefore = (a: Candidate, b: Candidate) => rank(a) - rank(b) > 0 || (rank(a) === rank(b) && a.id > b.id)

/**
 * The one caption of a kind that speaks for its sample: among those not retired, not quarantined and in an allowed
 * standing, the newest human one, else the newest approved one, else the newest. Ids follow insertion, so the largest id
 * is the newest.
 */
export function headOf<T extends Candidate>(captions: readonly T[], kind: string, standings: readonly Standing[] = ['approved', 'pending']): T | undefined {
  let head: T | undefined
  for (const caption of captions) if (caption.kind === kind && maySpeak(caption, standings) && (!head || isBefore(caption, head))) head = caption
  return head
}

/** The head of every kind, `alt` first, the others by name: `headOf` for all kinds in one pass. */
export function headsOf<T extends Candidate>(captions: readonly T[], standings: readonly Standing[]): T[] {
  const heads: T[] = []
  for (const caption of captions) {
    if (!maySpeak(caption, standings)) continue
    const at = heads.findIndex((head) => head.kind === caption.kind)
    if (at < 0) heads.push(caption)
    else if (isBefore(caption, heads[at])) heads[at] = caption
  }
  return heads.length < 2 ? heads : heads.sort((a, b) => byKind(a.kind, b.kind))
}

/** The kinds there are among these captions, `alt` first, the others by name. */
export const kindsOf = (captions: readonly Pick<CaptionView, 'kind'>[]): string[] =>
  [...new Set(captions.map((caption) => caption.kind))].sort(byKind)
