import { claimChecks } from '@/lib/claim/checks'
import { allowWordModel } from '@/lib/claim/word-store'
import type { DatasetRow, DatasetSettings } from '@/lib/dataset/schema'
import { updateSettings } from '@/lib/dataset/store'
import { AppError } from '@/lib/errors'
import { flagSorts } from '@/lib/flag/catalog'
import { switchFlags } from '@/lib/flag/switch-store'

const switchable = new Set([...flagSorts.filter((sort) => sort.raisedBy !== 'person').map((sort) => sort.id), ...claimChecks.map((one) => one.id)])

/**
 * Changes a part of a dataset's settings, with what hangs on it: flags of a check that is switched off are out of sight at
 * once, and come back with it. Throws 'refused' for a word model whose gain was not shown.
 */
export async function changeSettings({ id, settings }: DatasetRow, patch: Partial<DatasetSettings>): Promise<DatasetRow> {
  const wrong = patch.rulesOff?.find((rule) => !switchable.has(rule))
  if (wrong !== undefined) throw new AppError('invalid', `There is no check “${wrong}”. There are: ${[...switchable].join(', ')}.`)
  if (patch.wordModel && !settings.wordModel) allowWordModel(id)
  const changed = await updateSettings(id, patch)
  if (patch.rulesOff) {
    const [before, after] = [settings.rulesOff, changed.settings.rulesOff]
    switchFlags(id, { off: after.filter((rule) => !before.includes(rule)), on: before.filter((rule) => !after.includes(rule)) })
  }
  return changed
}
