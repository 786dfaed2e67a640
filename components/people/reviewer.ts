'use client'

import { ReviewerName } from '@/lib/review/schema'
import { useKept } from '../review/kept'

/** Who decides while nobody said a name. */
const NOBODY = 'me'

/** Who decides in this browser, here and at the desk. */
export function useReviewer(): string {
  const [kept] = useKept('recaption.reviewer')
  const name = ReviewerName.safeParse(kept)
  return name.success ? name.data : NOBODY
}
