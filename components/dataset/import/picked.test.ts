import { expect, test } from 'vitest'
import { DatasetName } from '@/lib/dataset/schema'
import { commonFolder, nameFrom, pick } from './picked'

const file = (path: string) => ({ path, file: new File(['1234'], path) })

test('the folder around everything names the dataset and falls away', () => {
  const picked = pick([file('web shop/a.jpg'), file('web shop/in/b.jpg'), file('web shop/.DS_Store'), file('web shop/__MACOSX/x')])
  expect(picked.name).toBe('web shop')
  expect(picked.files.map(({ path }) => path)).toEqual(['a.jpg', 'in/b.jpg'])
  expect(picked.bytes).toBe(8)
})

test('a zip names the dataset; several loose files do not', () => {
  expect(pick([file('photos.zip')]).name).toBe('photos')
  expect(pick([file('a.jpg'), file('b.jpg')]).name).toBe('my-pictures')
  expect(pick([]).files).toEqual([])
})

test('paths that only begin alike share no folder', () => {
  expect(commonFolder(['a/b', 'ab/c'])).toBe('')
  expect(commonFolder(['a/b', 'a/c/d'])).toBe('a')
  expect(commonFolder(['x.jpg'])).toBe('')
})

test.each(['  ..hidden', 'a/b:c*?.zip', '日本の写真.zip', '', '-'.repeat(100), 'x'.repeat(200)])('%j becomes a name a dataset may have', (text) => {
  expect(DatasetName.safeParse(nameFrom(text)).success).toBe(true)
})
