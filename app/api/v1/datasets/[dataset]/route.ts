import { z } from 'zod'
import { bodyOf, checked, door } from '@/app/api/door'
import { DatasetSettings } from '@/lib/dataset/schema'
import { datasetByName } from '@/lib/dataset/store'
import { changeSettings } from '@/lib/review/settings'

const Settings = z.strictObject(DatasetSettings.shape).partial()

export const GET = door(({ params }) => datasetByName(params.dataset))

/** Changes a part of the settings: what is not named stays as it is. */
export const PATCH = door(async ({ params, request }) => {
  const { settings } = await bodyOf(request, z.object({ settings: z.record(z.string(), z.unknown()) }))
  // Parsing fills in defaults; they must not overwrite what was not sent.
  const patch = Object.fromEntries(Object.entries(checked(Settings, settings)).filter(([name]) => name in settings))
  return changeSettings(await datasetByName(params.dataset), patch)
})
