import { z } from 'zod'
import { door, queryOf } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { allProblems, problemCounts, problemPage } from '@/lib/import/problem-store'
import { PROBLEM_FILES, problemFile } from '@/lib/import/problem-file'

const Query = z.object({
  import: z.coerce.number().int().positive().optional(),
  why: z.string().max(4000).optional(),
  after: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  /** csv or json: the whole list as a file */
  download: z.enum(['csv', 'json']).optional(),
})

function encoded(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: async () => void (await parts.return(undefined)),
  })
}

/** What imports could not read, a page at a time with its counts; with `download` all of it as a file. */
export const GET = door(async ({ params, url }) => {
  const { id, name } = await datasetByName(params.dataset)
  const { download, import: importId, ...query } = queryOf(url, Query)
  const asked = { datasetId: id, importId, ...query }
  if (!download) return { ...problemPage(asked), ...(query.after === undefined && problemCounts(asked)) }
  const file = encodeURIComponent(`${name} problems.${download}`)
  return new Response(encoded(problemFile(download, allProblems(asked))), { headers: { 'content-type': PROBLEM_FILES[download], 'content-disposition': `attachment; filename*=UTF-8''${file}`, 'x-content-type-options': 'nosniff' } })
})
