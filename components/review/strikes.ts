import { strikeClaims } from '@/lib/claim/strike'
import type { ClaimView } from '@/lib/claim/schema'
import type { Caption } from '../api'

/** Claims struck from one caption whose new text a model is asked for, or has given. */
export type Striking = {
  caption: Pick<Caption, 'id' | 'text' | 'standing' | 'version'>
  claims: readonly ClaimView[]
  ids: readonly number[]
  /** set once the text is there; `why`: the rules wrote it, since the model did not */
  done: { text: string; why: string | null } | null
}

/** Another claim is struck while the model is at work: it is asked for both. */
export const striking = (caption: Caption, claims: readonly ClaimView[], id: number, before: Striking | undefined): Striking => ({ caption, claims, ids: [...new Set([...(before?.ids ?? []), id])], done: null })

/** The text by rules, where the model gave none; null when nothing worth a caption would be left. */
export const byRules = ({ caption, claims, ids }: Pick<Striking, 'caption' | 'claims' | 'ids'>): string | null => strikeClaims(caption.text, claims, ids)

/** Whether the caption is still what it was when its claims were struck: a decision taken since comes first. */
export const stillStands = ({ caption }: Striking, now: Pick<Caption, 'standing' | 'version'> | undefined): boolean => now !== undefined && now.standing === caption.standing && now.version === caption.version
