import { door, queryOf } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { publicSample } from '@/lib/sample/public'
import { PageQuery } from '@/lib/sample/schema'
import { samplePage } from '@/lib/sample/store'

export const GET = door(async ({ params, url }) => {
  const dataset = await datasetByName(params.dataset)
  const page = samplePage({ datasetId: dataset.id, ...queryOf(url, PageQuery) })
  return { samples: page.samples.map(publicSample), next: page.next }
})
