import { headOf } from '@/lib/caption/head'
import { captionsOf } from '@/lib/caption/store'
import { bulk } from '@/lib/db'

/** A finished item whose new caption waits for the comparison with the old head. */
export type Trial = { itemId: number; sampleId: number; captionId: number; text: string; old?: { captionId: number; text: string } }

export function trials(runId: number, after: number, limit: number): Trial[] {
  const rows = bulk()
    .prepare(`SELECT i.id AS itemId, i.sampleId, c.id AS captionId, c.text, c.kind FROM RunItem i JOIN Caption c ON c.id = i.captionId WHERE i.runId = ? AND i.status = 'done' AND i.kept IS NULL AND i.id > ? ORDER BY i.id LIMIT ?`)
    .all(runId, after, limit) as { itemId: number; sampleId: number; captionId: number; text: string; kind: string }[]
  const captions = Map.groupBy(captionsOf(rows.map((row) => row.sampleId)), (caption) => caption.sampleId)
  return rows.map(({ itemId, sampleId, captionId, text, kind }) => {
    const head = headOf((captions.get(sampleId) ?? []).filter((caption) => caption.id !== captionId), kind)
    return { itemId, sampleId, captionId, text, old: head && { captionId: head.id, text: head.text } }
  })
}

/** Writes the outcome; a winner comes into play in the same step. Rolled-back captions stay out of it. */
export function settleTrial(trial: Trial, kept: 'new' | 'old'): void {
  const sql = bulk()
  sql
    .transaction(() => {
      const open = sql.prepare(`UPDATE RunItem SET kept = ? WHERE id = ? AND kept IS NULL`).run(kept, trial.itemId).changes
      if (open && kept === 'new') sql.prepare(`UPDATE Caption SET retiredAt = NULL WHERE id = ? AND EXISTS (SELECT 1 FROM Run r WHERE r.id = Caption.runId AND r.retiredAt IS NULL)`).run(trial.captionId)
    })
    .immediate()
}
