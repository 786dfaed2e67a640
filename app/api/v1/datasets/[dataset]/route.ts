import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { DatasetSettings } from '@/lib/dataset/schema'
import { datasetByName, updateSettings } from '@/lib/dataset/store'

export const GET = door(({ params }) => datasetByName(params.dataset))

/** A part of the settings: what is not named stays as it is. */
const Patch = z.object({ settings: z.strictObject(DatasetSettings.shape).partial() })

export const PATCH = door(async ({ params, request }) => {
  const { settings } = await bodyOf(request, Patch)
  // Without this, the defaults of fields that were not sent would overwrite what is set.
  const sent = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
  return updateSettings((await datasetByName(params.dataset)).id, sent)
})
