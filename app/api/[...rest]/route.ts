import { door } from '@/app/api/door'
import { AppError } from '@/lib/errors'

const answer = door(({ url }) => {
  throw new AppError('not_found', `There is nothing at ${url.pathname}. /api/v1/openapi.json lists what there is; a key in an address is percent-encoded, “/” as %2F.`)
})

/** An address that is none of the API's is told in the API's own form. */
const none = (request: Request): Promise<Response> => answer(request, { params: Promise.resolve({}) })

export { none as DELETE, none as GET, none as PATCH, none as POST, none as PUT }
