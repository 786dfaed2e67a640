// The doors of the grid: `RECAPTION_HOME=… tsx …`.
import { GET as duplicates } from '@/app/api/v1/datasets/[dataset]/duplicates/route'
import { GET as facets } from '@/app/api/v1/datasets/[dataset]/facets/route'
import { GET as samples } from '@/app/api/v1/datasets/[dataset]/samples/route'
import { serveDoors } from './doors-server'

serveDoors({ duplicates, facets, samples })
