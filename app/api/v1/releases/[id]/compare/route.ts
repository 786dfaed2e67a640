import { z } from 'zod'
import { door, queryOf } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { compareReleases } from '@/lib/export/compare'

const Query = z.object({ with: z.string() })

/** What changed since another release: samples, captions, the shape of the texts. */
export const GET = door(({ params, url }) => compareReleases(idOf(queryOf(url, Query).with), idOf(params.id)))
