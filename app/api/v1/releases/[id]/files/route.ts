import { door, queryOf } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { FilesQuery } from '@/lib/export/schema'
import { releaseById, releaseFiles } from '@/lib/export/store'

/** The files of a release with their sizes and hashes, some at a time. */
export const GET = door(({ params, url }) => {
  const { id, files } = releaseById(idOf(params.id))
  const { after, limit } = queryOf(url, FilesQuery)
  const some = releaseFiles(id, after, limit)
  const shown = after + some.length
  return { files: some, ...(files && shown < files.count && { next: shown }) }
})
