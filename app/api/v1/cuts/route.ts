import { bodyOf, door } from '@/app/api/door'
import { cutsOf } from '@/lib/caption/cuts'
import { CutsAsked } from '@/lib/caption/schema'

/** Where text encoders stop reading texts that are no captions yet. Nothing is written. */
export const POST = door(async ({ request }) => ({ cuts: (await bodyOf(request, CutsAsked)).texts.map(cutsOf) }))
