// The doors of the blend and of the insights, and the pass that measures: `RECAPTION_HOME=… tsx …`.
import { door } from '@/app/api/door'
import { POST as counts } from '@/app/api/v1/datasets/[dataset]/blend/counts/route'
import { POST as lengths } from '@/app/api/v1/datasets/[dataset]/blend/lengths/route'
import { POST as samples } from '@/app/api/v1/datasets/[dataset]/blend/samples/route'
import { GET as insights } from '@/app/api/v1/datasets/[dataset]/insights/route'
import { datasetByName } from '@/lib/dataset/store'
import { measureDataset } from '@/lib/metric/run'
import { serveDoors } from './doors-server'

const measure = door(async ({ params }) => measureDataset((await datasetByName(params.dataset)).id))
serveDoors({ 'blend/lengths': lengths, 'blend/counts': counts, 'blend/samples': samples, insights, measure })
