import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { doors, openapi } from '.'

const root = path.resolve(import.meta.dirname, '../v1')
const routes = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('route.ts'))
  .flatMap((file) => {
    const address = `/${path.posix.dirname(file)}`.replace(/\[(\w+)\]/g, '{$1}')
    return [...readFileSync(path.join(root, file), 'utf8').matchAll(/export const (GET|POST|PUT|PATCH|DELETE)\b/g)].map(([, method]) => `${method.toLowerCase()} ${address}`)
  })

test('every door of the API is described, and nothing else', () => {
  expect(doors.map(({ method, path: address }) => `${method} ${address}`).sort()).toEqual(routes.sort())
})

test('the description is made of the schemas that the doors parse with', () => {
  const { paths } = openapi()
  const verdict = JSON.stringify(paths['/api/v1/captions/{id}/verdicts'].post)
  for (const word of ['approve', 'reject', 'edit', 'version', 'reviewer', 'wrong-object']) expect(verdict).toContain(word)
  expect(JSON.stringify(paths['/api/v1/datasets/{dataset}/samples'].get)).toContain('"after"')
})
