import { door } from '@/app/api/door'
import { sightOf } from '@/lib/captioner/builtin/sight-store'
import { claimsOf } from '@/lib/claim/store'
import { datasetByName } from '@/lib/dataset/store'
import { sampleByKey } from '@/lib/sample/store'

/** What the sample's captions claim, what was seen of it, and the boxes and lines on the picture. */
export const GET = door(async ({ params }) => {
  const sample = sampleByKey((await datasetByName(params.dataset)).id, params.key)
  const sight = sample.mediaId === null ? undefined : sightOf(sample.mediaId)
  return {
    claims: claimsOf(sample.captions.filter((caption) => !caption.retired).map((caption) => caption.id)),
    sight: sight ? { type: sight.type, objects: sight.objects.filter((one) => one.score >= 0.27), lines: sight.lines, palette: sight.palette } : null,
  }
})
