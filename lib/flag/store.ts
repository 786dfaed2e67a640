import { bulk, now } from '@/lib/db'
import { prepared } from '@/lib/prepared'

export type FlagView = { rule: string; evidence: string; captionId: number | null; raisedBy: string; createdAt: string }
export type NewFlag = { datasetId: number; sampleId: number; captionId?: number | null; rule: string; evidence: string; raisedBy?: string; quarantine?: boolean }

/** A flag's natural key: raising it twice is one flag. */
export const flagSubject = (flag: Pick<NewFlag, 'rule' | 'sampleId' | 'captionId'>) => `${flag.rule}:${flag.captionId ? `c${flag.captionId}` : `s${flag.sampleId}`}`

/**
 * Raises flags; one that stands already keeps its first evidence, one that a person cleared stays cleared. `quarantine`
 * (guards) holds the caption back until a person looked. Returns how many are new. Joins a running transaction.
 */
export function raiseFlags(flags: readonly NewFlag[]): number {
  const insert = prepared(`INSERT INTO Flag (subject, datasetId, sampleId, captionId, rule, raisedBy, evidence, createdAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (subject) DO NOTHING`)
  const hold = prepared(`UPDATE Caption SET quarantined = 1 WHERE id = ?`)
  const time = now()
  return bulk().transaction(() => {
    let raised = 0
    for (const flag of flags) {
      const added = insert.run(flagSubject(flag), flag.datasetId, flag.sampleId, flag.captionId ?? null, flag.rule, flag.raisedBy ?? `rule:${flag.rule}`, flag.evidence, time).changes
      if (added && flag.quarantine && flag.captionId) hold.run(flag.captionId)
      raised += added
    }
    return raised
  })()
}

/** Opens a flag that was cleared, e.g. when a person raises it again. Returns whether it was closed before. */
export const reopenFlag = (subject: string): boolean => bulk().prepare(`UPDATE Flag SET clearedAt = NULL, clearedBy = NULL WHERE subject = ? AND clearedAt IS NOT NULL`).run(subject).changes > 0

/** Clears one flag in a person's name; the row stays, with who looked. Returns whether it was open. */
export function clearFlag(subject: string, clearedBy: string): boolean {
  return bulk().prepare(`UPDATE Flag SET clearedAt = ?, clearedBy = ? WHERE subject = ? AND clearedAt IS NULL`).run(now(), clearedBy, subject).changes > 0
}

/** Lets captions out of quarantine whose guard flags a person has cleared. `guards`: the ids of the guard rules. */
export function releaseQuarantine(captionIds: readonly number[], guards: readonly string[]): void {
  bulk()
    .prepare(`UPDATE Caption SET quarantined = 0 WHERE id IN (SELECT value FROM json_each(?)) AND quarantined = 1
      AND NOT EXISTS (SELECT 1 FROM Flag f WHERE f.captionId = Caption.id AND f.clearedAt IS NULL AND f.rule IN (SELECT value FROM json_each(?)))`)
    .run(JSON.stringify(captionIds), JSON.stringify(guards))
}

/** Open flags that a rule raised on these samples and that no longer hold, taken back by the rule itself. */
export function withdrawFlags(subjects: readonly string[]): number {
  return bulk().prepare(`DELETE FROM Flag WHERE subject IN (SELECT value FROM json_each(?)) AND clearedAt IS NULL AND raisedBy LIKE 'rule:%'`).run(JSON.stringify(subjects)).changes
}

/** Open flags of these samples, oldest first. */
export function flagsOf(sampleIds: readonly number[]): (FlagView & { sampleId: number })[] {
  return bulk()
    .prepare(`SELECT sampleId, rule, evidence, captionId, raisedBy, createdAt FROM Flag WHERE sampleId IN (SELECT value FROM json_each(?)) AND clearedAt IS NULL ORDER BY id`)
    .all(JSON.stringify(sampleIds)) as (FlagView & { sampleId: number })[]
}
