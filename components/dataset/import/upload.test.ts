import { afterEach, expect, test, vi } from 'vitest'
import { pick } from './picked'
import { refusalOf, uploadAll } from './upload'

afterEach(() => void vi.unstubAllGlobals())

/** A request that `answers` for each file: its status and text, or null to stay under way until it is stopped. */
function requests(answers: (url: string) => { status: number; text: string } | null) {
  const seen = { begun: [] as string[], stopped: 0 }
  class Request {
    upload = {}
    status = 0
    responseText = ''
    onload?: () => void
    onabort?: () => void
    private url = ''
    open(_: string, url: string) { this.url = url }
    setRequestHeader() {}
    abort() {
      seen.stopped++
      this.onabort?.()
    }
    send() {
      seen.begun.push(this.url)
      const answer = answers(this.url)
      if (answer) queueMicrotask(() => {
        Object.assign(this, { status: answer.status, responseText: answer.text })
        this.onload?.()
      })
    }
  }
  vi.stubGlobal('XMLHttpRequest', Request)
  vi.stubGlobal('fetch', async () => Response.json({ upload: 'u1' }))
  return seen
}
const six = pick(Array.from({ length: 6 }, (_, i) => ({ path: `${i}.jpg`, file: new File(['1'], `${i}.jpg`) })))

test('a page of HTML in place of an answer is a failure with its number, and stops the other lanes', async () => {
  const seen = requests((url) => (url.endsWith('path=0.jpg') ? { status: 502, text: '<html>Bad gateway</html>' } : null))
  await expect(uploadAll(six, () => {}, new AbortController().signal)).rejects.toThrow('The server answered 502 to “0.jpg”.')
  expect(seen.begun).toHaveLength(4)
  expect(seen.stopped).toBe(3)
}, 2000)

test('everything that arrives is counted', async () => {
  requests(() => ({ status: 201, text: '' }))
  const told: number[] = []
  expect(await uploadAll(six, ({ files }) => void told.push(files), new AbortController().signal)).toBe('u1')
  expect(told.at(-1)).toBe(6)
})

test('a refusal says the server’s own sentence where there is one', () => {
  expect(refusalOf('a.jpg', 422, '{"error":{"code":"refused","message":"The disk is full."}}')).toMatchObject({ message: 'The disk is full.', code: 'refused', status: 422 })
  for (const text of ['', 'null', '{}', '<html>']) expect(refusalOf('a.jpg', 500, text)).toMatchObject({ message: 'The server answered 500 to “a.jpg”.', code: 'internal' })
})
