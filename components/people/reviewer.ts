'use client'

import { ReviewerName } from '@/lib/review/schema'
import { useKept } from '../review/kept'

/** Who decides while nobody said a name. */
const NOBODY = 'me'

/** Who decides in this browser, here and at the desk, and a way to change it. */
export function useReviewer(): [reviewer: string, say: (name: string) => void] {
  const [kept, keep] = useKept('recaption.reviewer')
  const name = ReviewerName.safeParse(kept)
  return [name.success ? name.data : NOBODY, keep]
}
