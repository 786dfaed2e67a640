import { door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { sampleHistory, timeline } from '@/lib/review/history-store'
import { publicSample } from '@/lib/sample/public'
import { sampleByKey } from '@/lib/sample/store'

export const GET = door(async ({ params }) => {
  const dataset = await datasetByName(params.dataset)
  const sample = sampleByKey(dataset.id, params.key)
  const shown = publicSample(sample)
  const verdicts = sampleHistory(sample.id)
  return {
    ...shown,
    captions: shown.captions.map((caption) => ({ ...caption, verdicts: verdicts.filter((verdict) => verdict.captionId === caption.id) })),
    verdicts: verdicts.filter((verdict) => verdict.captionId === null),
    timeline: timeline(sample.id),
  }
})
