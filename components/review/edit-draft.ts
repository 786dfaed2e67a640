import { z } from 'zod'
import { storable } from '@/lib/review/schema'
import type { Caption } from '../api'

/** A text that somebody types in the place of a caption's, and the caption as it stood then. */
const EditDraft = z.object({ text: z.string(), standing: z.string(), version: z.number() })
type Drafted = Pick<Caption, 'text' | 'standing' | 'version'>

/** What is to be kept of what was typed; null where that is the caption's own text. */
export const keptDraft = ({ text, standing, version }: Drafted, typed: string): string | null => (storable(typed) === text ? null : JSON.stringify({ text: typed, standing, version } satisfies z.infer<typeof EditDraft>))

/** The text that was typed and not saved; null when there is none, and once the caption was decided about otherwise. */
export function draftOf({ standing, version }: Drafted, kept: string | null): string | null {
  if (kept === null) return null
  try {
    const draft = EditDraft.parse(JSON.parse(kept))
    return draft.standing === standing && draft.version === version ? draft.text : null
  } catch {
    return null
  }
}
