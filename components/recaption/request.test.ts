import { createLoader } from 'nuqs/server'
import { describe, expect, it } from 'vitest'
import { RunRequest } from '@/lib/recaption/schema'
import { sameRequest } from '@/lib/recaption/same-request'
import { fields, requestOf } from './request'

const load = createLoader(fields)
const asked = (search: string) => requestOf(load(search))

describe('a request in the address', () => {
  it('says only what was chosen', () => {
    expect(asked('?filter=flag:url&rejectedFor=wrong-relation')).toEqual({ filter: 'flag:url', rejectedFor: 'wrong-relation', captioner: 'builtin', recipe: 'short', another: false, batch: false, params: {} })
  })
  it('carries parameters, price and what decides between old and new', () => {
    const request = asked('?captioner=mine&model=m&recipe=detailed&temperature=0.2&maxTokens=300&inputPrice=0.15&budget=5&better=alignment,words:lower&keys=a&keys=b%2Cc')
    expect(request).toMatchObject({ model: 'm', params: { temperature: 0.2, maxTokens: 300 }, price: { input: 0.15 }, budget: 5, keepIfBetter: [{ metric: 'alignment', better: 'higher' }, { metric: 'words', better: 'lower' }] })
    expect(request.keys).toEqual(['a', 'b,c'])
    expect(RunRequest.safeParse({ ...request, dataset: 'd' }).success).toBe(true)
  })
  it('knows its plan, and that another request has another one', () => {
    const planned = RunRequest.parse({ ...asked('?filter=dog&budget=5'), dataset: 'd' })
    expect(sameRequest(planned, { ...asked('?budget=5&filter=dog&plan=9'), dataset: 'd' })).toBe(true)
    expect(sameRequest(planned, { ...asked('?budget=5&filter=dog'), dataset: 'e' })).toBe(false)
    expect(sameRequest(planned, { ...asked('?budget=6&filter=dog'), dataset: 'd' })).toBe(false)
    expect(sameRequest(planned, { ...asked('?budget=-1&filter=dog'), dataset: 'd' })).toBe(false)
  })
})
