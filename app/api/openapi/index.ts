import { z } from 'zod'
import { errorStatus } from '@/lib/errors'
import { dataDoors } from './data'
import { recaptionDoors } from './recaption'
import { releaseDoors } from './release'
import { reviewDoors } from './review'
import type { Door } from './types'

export const doors: readonly Door[] = [...dataDoors, ...recaptionDoors, ...reviewDoors, ...releaseDoors]

const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
const parametersOf = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))

function queryOf(schema: z.ZodType | undefined) {
  const properties = schema ? (schemaOf(schema).properties ?? {}) : {}
  return Object.entries(properties).map(([name, of]) => ({ name, in: 'query', required: false, schema: of }))
}

const failures = Object.fromEntries(Object.entries(errorStatus).map(([code, status]) => [String(status), { description: code, content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } }]))

/** The public API as OpenAPI 3.1, made from the schemas that its doors parse with. */
export function openapi() {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const { method, path, says, body, query, status = 200 } of doors) {
    const parameters = [...parametersOf(path), ...queryOf(query)]
    paths[`/api/v1${path}`] ??= {}
    paths[`/api/v1${path}`][method] = {
      summary: says,
      ...(parameters.length ? { parameters } : {}),
      ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body) } } } } : {}),
      responses: { [String(status)]: { description: 'done', content: { 'application/json': {} } }, ...failures },
    }
  }
  const error = { type: 'object', properties: { error: { type: 'object', properties: { code: { enum: Object.keys(errorStatus) }, message: { type: 'string' }, detail: { type: 'object' } }, required: ['code', 'message'] } }, required: ['error'] }
  return { openapi: '3.1.0', info: { title: 'Recaption', version: '1', description: 'The same verbs as the command line. It answers on this machine only; a foreign Host or Origin is refused.' }, paths, components: { schemas: { Error: error } } }
}
