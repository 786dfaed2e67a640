import { door } from '@/app/api/door'
import { listDatasets } from '@/lib/dataset/store'

export const dynamic = 'force-dynamic'
export const GET = door(() => ({ datasets: listDatasets() }))
