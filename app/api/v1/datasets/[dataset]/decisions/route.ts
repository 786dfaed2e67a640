import { z } from 'zod'
import { queryOf, wideDoor } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { AppError } from '@/lib/errors'
import { exportDecisions, importDecisions } from '@/lib/review/exchange-store'
import { ReviewerName } from '@/lib/review/schema'

/** The largest file of decisions that is taken by the API, in bytes; the command line takes any. */
const LARGEST = 100_000_000

/** Every decision in force, a line of JSON each. */
export const GET = wideDoor(async ({ params }) => {
  const lines = exportDecisions((await datasetByName(params.dataset)).id)
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { value, done } = lines.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(`${value}\n`))
    },
  })
  return new Response(body, { headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'content-disposition': 'attachment; filename="decisions.jsonl"' } })
})

/** Merges decisions of another machine (the body is such a file); conflicts are listed and none is lost. */
export const POST = wideDoor(async ({ params, url, request }) => {
  const { reviewer } = queryOf(url, z.object({ reviewer: ReviewerName }))
  const dataset = await datasetByName(params.dataset)
  if (Number(request.headers.get('content-length') ?? 0) > LARGEST) throw new AppError('invalid', 'The file is larger than 100 MB. Use: recaption decisions import <file>.')
  return importDecisions({ reviewer }, dataset.id, (await request.text()).split('\n'))
}, 201)
