import type { Cuts } from '@/lib/caption/limits'
import type { Sample } from '../api'
import { cutsIn } from '../caption/cut-tail'

export type EditPair = { captionId: number; before: string; after: string; cuts: { before?: Cuts; after?: Cuts } }

/** What people made of other captions: standing edits, each with the text it was made from. */
export function editsOf(samples: readonly Pick<Sample, 'captions'>[]): EditPair[] {
  return samples.flatMap(({ captions }) =>
    captions.flatMap((edit) => {
      if (edit.origin !== 'human' || edit.standing === 'rejected') return []
      const before = captions.find((one) => one.id === edit.parentId)
      return before && before.text !== edit.text ? [{ captionId: edit.id, before: before.text, after: edit.text, cuts: { before: cutsIn(before), after: cutsIn(edit) } }] : []
    }),
  )
}
