import { bodyOf, door } from '@/app/api/door'
import { captionerListings } from '@/lib/captioner/cards'
import { PRESETS } from '@/lib/captioner/endpoint'
import { ApiKey, CaptionerInput } from '@/lib/captioner/schema'
import { saveCaptioner } from '@/lib/captioner/store'

export const dynamic = 'force-dynamic'
export const GET = door(async () => ({ captioners: await captionerListings(), presets: PRESETS }))

/** Sets an endpoint up. `key` goes in and never comes out again. */
export const POST = door(async ({ request }) => {
  const { key, ...input } = await bodyOf(request, CaptionerInput.extend({ key: ApiKey.optional() }))
  return saveCaptioner(input, key)
}, 201)
