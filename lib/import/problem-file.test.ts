import { expect, test } from 'vitest'
import { problemFile } from './problem-file'
import type { ProblemRow } from './problem-store'

const row = (id: number, path: string, why: string): ProblemRow => ({ id, importId: 7, source: '/data/a', path, line: id === 1 ? 3 : null, why })
async function* chunks() {
  yield [row(1, 'a "b",c.csv', 'line\nbreak'), row(2, '=cmd()', 'bad')]
  yield [row(3, 'x', 'y')]
}
async function* none(): AsyncGenerator<ProblemRow[]> {}
const read = async (parts: AsyncIterable<string>) => (await Array.fromAsync(parts)).join('')

test('a table quotes what would break it and disarms formulas', async () => {
  expect(await read(problemFile('csv', chunks()))).toBe(`import,source,path,line,why\r\n7,"/data/a","a ""b"",c.csv",3,"line\nbreak"\r\n7,"/data/a","'=cmd()",,"bad"\r\n7,"/data/a","x",,"y"\r\n`)
})

test('JSON is one array over all chunks, also of none', async () => {
  expect(JSON.parse(await read(problemFile('json', chunks()))).map((one: { path: string }) => one.path)).toEqual(['a "b",c.csv', '=cmd()', 'x'])
  expect(JSON.parse(await read(problemFile('json', none())))).toEqual([])
})
