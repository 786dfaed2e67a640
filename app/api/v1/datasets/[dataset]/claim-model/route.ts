import { bodyOf, door } from '@/app/api/door'
import { planClaims } from '@/lib/claim/ask-run'
import { ClaimModel, ClaimModelAsked } from '@/lib/dataset/schema'
import { datasetByName, updateSettings } from '@/lib/dataset/store'
import { AppError } from '@/lib/errors'
import { enqueue } from '@/lib/job/store'

/** What the claim model would be asked and what it would cost; null when none is chosen. */
export const GET = door(async ({ params }) => {
  const dataset = await datasetByName(params.dataset)
  return { chosen: dataset.settings.claimModel, plan: dataset.settings.claimModel && (await planClaims(dataset, dataset.settings.claimModel)) }
})

/** Chooses the claim model and says what it would be asked; nothing is asked yet. */
export const PUT = door(async ({ params, request }) => {
  const chosen = ClaimModel.parse(await bodyOf(request, ClaimModelAsked))
  const dataset = await datasetByName(params.dataset)
  const plan = await planClaims(dataset, chosen)
  await updateSettings(dataset.id, { claimModel: chosen })
  return { chosen, plan }
})

/** Has the chosen model asked, in the background. */
export const POST = door(async ({ params }) => {
  const { id, settings } = await datasetByName(params.dataset)
  if (!settings.claimModel) throw new AppError('invalid', 'No model is chosen for claims here. Choose one with PUT first.')
  return { job: enqueue('ask', { datasetId: id }), chosen: settings.claimModel }
}, 202)
