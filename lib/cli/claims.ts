import { planClaims, type ClaimPlan } from '@/lib/claim/ask-run'
import { spentOnClaims } from '@/lib/claim/ask-store'
import { ClaimModel, type DatasetRow } from '@/lib/dataset/schema'
import { updateSettings } from '@/lib/dataset/store'
import { perform } from './perform'
import type { Io, Values } from './types'
import { many, number, parsed, price, text, wrongUse } from './values'

const STEP = { claims: 'to split into claims', verify: 'to answer against their pictures' } as const

/** What `check --claims` was told about the model. */
export function chosenModel(values: Values): ClaimModel {
  const only = text(values, 'only')
  if (only !== undefined && only !== 'claims' && only !== 'verify') throw wrongUse('--only takes claims or verify.')
  return parsed(ClaimModel, { captioner: text(values, 'claims'), model: text(values, 'model') ?? '', split: only !== 'verify', verify: only !== 'claims', price: price(values) ?? null, budget: number(values, 'budget', [0, 1e9]) ?? null })
}

const lines = (plan: ClaimPlan): string[] => [
  `claims by ${plan.captioner} (${plan.model})`,
  ...(['claims', 'verify'] as const).flatMap((step) => {
    const one = plan.steps[step]
    return one ? [`  ${many(one.left)} captions ${STEP[step]}, ${many(one.done)} done, ${many(one.failed)} failed`] : []
  }),
  ...(plan.price === null ? [] : [`  about ${plan.price.toFixed(4)} to spend${plan.budget === null ? '' : ` of ${plan.budget}`}, ${plan.spent.toFixed(4)} spent`]),
  ...(plan.lastError === null ? [] : [`  latest failure: ${plan.lastError}`]),
]

/** Shows what a model would be asked about a dataset's claims; with `yes` has it asked, each caption once. */
export async function checkByModel(dataset: DatasetRow, chosen: ClaimModel, yes: boolean, io: Io): Promise<{ result: { plan: ClaimPlan }; text: string }> {
  const before = await planClaims(dataset, chosen)
  if (!yes) return { result: { plan: before }, text: [...lines(before), 'Nothing was asked. Ask with --yes.'].join('\n') }
  await updateSettings(dataset.id, { claimModel: chosen })
  await perform('ask', { datasetId: dataset.id }, io, () => io.progress('ask', `${spentOnClaims(dataset.id).toFixed(4)} spent`))
  const plan = await planClaims(dataset, chosen)
  const left = (plan.steps.claims?.left ?? 0) + (plan.steps.verify?.left ?? 0)
  return { result: { plan }, text: [...lines(plan), ...(left > 0 && plan.budget !== null ? ['The budget keeps the rest from being asked. Raise it and ask again: what was answered is kept.'] : [])].join('\n') }
}
