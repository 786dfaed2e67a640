import { bulk } from '@/lib/db'
import type { DatasetRow } from '@/lib/dataset/schema'
import { matchingIds } from '@/lib/sample/store'
import { inspect, rules } from './index'
import { checkTexts, sameTexts, type CheckText } from './check-store'
import { flagSubject, raiseFlags, withdrawFlags, type NewFlag } from './store'

export type Checked = { checked: number; flagged: number }
type Options = { filter?: string; signal?: AbortSignal; onProgress?: (sofar: Checked) => void }

// Small enough that writing one chunk's flags holds the database for a few milliseconds only.
const CHUNK = 250

// Guards need the run's prompt and answer: the run raises them, and they are not ours to withdraw.
const OURS = rules.all.filter((rule) => rule.on !== 'model').map((rule) => rule.id)

const rest = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Reasons to look at one sample: its original texts by the rules, what models wrote by the guards that need no run. */
function reasonsOf(dataset: DatasetRow, texts: readonly CheckText[], counts: ReadonlyMap<string, number>): NewFlag[] {
  const { sampleId, key } = texts[0]
  const alt = texts.find((one) => one.kind === 'alt' && one.origin === 'source')
  const captions = texts.filter((one) => one.captionId !== null && one.origin !== 'human')
  const subjects = alt ? captions : [...captions, { sampleId, key, captionId: null, text: undefined, kind: 'alt', origin: 'source', textHash: '' }]
  return subjects.flatMap((one) =>
    inspect({ key, text: one.text ?? undefined, kind: one.kind ?? 'alt', origin: one.origin ?? 'source', alt: alt?.text ?? undefined, sameTextCount: counts.get(`${one.kind} ${one.textHash}`) ?? 1, language: dataset.settings.language }, dataset.settings.rulesOff).map((reason) => ({
      datasetId: dataset.id,
      sampleId,
      captionId: one.captionId,
      rule: reason.rule,
      evidence: reason.evidence,
      quarantine: reason.quarantine,
    })),
  )
}

/**
 * Runs every rule over a dataset, or over what `filter` finds in it: raises what holds, withdraws a rule's own flag that
 * holds no longer, leaves alone what a person cleared. May be run again at any time. Counts are samples.
 */
export async function checkDataset(dataset: DatasetRow, { filter = '', signal, onProgress }: Options = {}): Promise<Checked> {
  const sofar = { checked: 0, flagged: 0 }
  const counts = sameTexts(dataset.id)
  for (const ids of matchingIds(dataset.id, filter, CHUNK)) {
    signal?.throwIfAborted()
    const texts = checkTexts(ids)
    const samples = Map.groupBy(texts, (one) => one.sampleId)
    const reasons = [...samples.values()].flatMap((of) => reasonsOf(dataset, of, counts))
    const standing = new Set(reasons.map(flagSubject))
    const subjects = texts.flatMap(({ sampleId, captionId }) => [{ sampleId, captionId }, { sampleId, captionId: null }])
    const own = subjects.flatMap((subject) => OURS.map((rule) => flagSubject({ rule, ...subject }))).filter((subject) => !standing.has(subject))
    bulk().transaction(() => {
      withdrawFlags(own)
      raiseFlags(reasons)
    })()
    sofar.checked += samples.size
    sofar.flagged += new Set(reasons.map((reason) => reason.sampleId)).size
    onProgress?.({ ...sofar })
    await rest()
  }
  return sofar
}
