import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { detectFormat, formats } from '.'
import { guessColumns } from './columns'
import { readBack } from './contract'
import { openSource } from './source'

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0])
let home = ''
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'recaption-shapes-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))
const put = (files: Readonly<Record<string, string | Uint8Array>>) => {
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(home, name)), { recursive: true })
    writeFileSync(path.join(home, name), bytes)
  }
}
const alt = (text: string) => ({ text, kind: 'alt', origin: 'source' })
/** Reads the folder by the format it is recognised as. */
const read = async (id: string, mapping = {}) => {
  const source = await openSource(home)
  expect((await detectFormat(source))[0]).toBe(id)
  return readBack(formats.get(id), home, mapping)
}

describe('the shapes that the ecosystem writes', () => {
  it('img2dataset: files with text and JSON beside them', async () => {
    put({ '00000/000000000.jpg': jpeg, '00000/000000000.txt': 'A dog', '00000/000000000.json': JSON.stringify({ url: 'https://e.org/1.jpg', caption: 'A dog', key: '000000000', status: 'success', error_message: null, width: 256, height: 200, original_width: 512, original_height: 400, exif: '{}', sha256: 'ab' }), '00000_stats.json': '{"count":1}' })
    const { samples, problems } = await read('img2dataset')
    expect(problems).toEqual([])
    expect(samples).toMatchObject([{ key: '000000000', captions: [alt('A dog')], width: 256, height: 200, image: { place: 'file' }, meta: { url: 'https://e.org/1.jpg', original_width: 512, sha256: 'ab' } }])
  })
  it('Hugging Face imagefolder: splits by folder, names below it', async () => {
    put({ 'train/a.jpg': jpeg, 'train/metadata.csv': 'file_name,text\na.jpg,"one, two"\nmissing.jpg,gone\n', 'test/b.jpg': jpeg, 'test/c.jpg': jpeg, 'test/metadata.jsonl': '{"file_name":"b.jpg","text":"three","id":7}\n' })
    const { samples, problems } = await read('imagefolder')
    expect(problems).toEqual([])
    expect(samples.map(({ key, captions, meta, image, missing }) => [key, captions[0]?.text, meta?.split, image?.place, missing])).toEqual([
      ['test/b.jpg', 'three', 'test', 'file', undefined],
      ['train/a.jpg', 'one, two', 'train', 'file', undefined],
      ['train/missing.jpg', 'gone', 'train', undefined, 'train/missing.jpg'],
      ['test/c.jpg', undefined, 'test', 'file', undefined],
    ])
  })
  it('COCO captions: several a picture, licences by name', async () => {
    put({ 'annotations/captions_val2017.json': JSON.stringify({ info: {}, licenses: [{ id: 4, name: 'Attribution License' }], images: [{ id: 9, file_name: '009.jpg', width: 4, height: 3, license: 4, coco_url: 'http://e.org/009.jpg' }, { id: 10, file_name: '010.jpg', width: 1, height: 2 }], annotations: [{ id: 1, image_id: 9, caption: 'One.' }, { id: 2, image_id: 9, caption: 'Two.' }, { id: 3, image_id: 77, caption: 'Lost.' }] }), 'val2017/009.jpg': jpeg })
    const { samples, problems } = await read('coco')
    expect(samples).toMatchObject([{ key: '009.jpg', captions: [alt('One.'), alt('Two.')], width: 4, image: { place: 'file', path: path.join(home, 'val2017/009.jpg') }, meta: { coco_id: 9, licence: 'Attribution License', split: 'validation' } }, { key: '010.jpg', captions: [], missing: '010.jpg' }])
    expect(problems).toEqual([{ path: 'annotations/captions_val2017.json', problem: 'Annotation 3: its image_id 77 is not among the images.' }])
  })
  it('kohya: absolute paths find their picture by name', async () => {
    put({ 'meta_cap.json': JSON.stringify({ '/somewhere/img.png': { caption: 'A cat', tags: 'cat, sofa' }, 'sub/b.jpg': { caption: '' } }), 'img.png': jpeg, 'sub/b.jpg': jpeg })
    const { samples, problems } = await read('kohya')
    expect(problems).toEqual([])
    expect(samples).toMatchObject([{ key: '/somewhere/img.png', captions: [alt('A cat'), { text: 'cat, sofa', kind: 'tags', origin: 'source' }], image: { place: 'file' } }, { key: 'sub/b.jpg', captions: [], emptyAlt: true }])
  })
  it('LLaVA: the answer is the caption, by a model', async () => {
    const row = { id: '33471', image: 'coco/33471.jpg', conversations: [{ from: 'human', value: '<image>\nWhat is here?' }, { from: 'gpt', value: 'A bus.' }, { from: 'human', value: 'Colour?' }, { from: 'gpt', value: 'Red.' }] }
    put({ 'llava.json': JSON.stringify([row, { id: 'x', conversations: 'no' }], null, 2), 'coco/33471.jpg': jpeg })
    const { samples, problems } = await read('llava')
    expect(samples).toMatchObject([{ key: '33471', captions: [{ text: 'A bus.', kind: 'detailed', origin: 'model' }], image: { place: 'file' }, meta: { question: 'What is here?', conversations: row.conversations } }])
    expect(problems).toMatchObject([{ line: 2 }])
  })
  it('caption files: extensions, empty files, several captions a file, none beside a picture', async () => {
    put({ 'a.jpg': jpeg, 'a.txt': 'one\r\ntwo\n\n', 'b.png': jpeg, 'b.caption': 'b', 'c.webp': jpeg, 'c.txt': ' \n', 'd.jpg': jpeg, 'e.txt': 'orphan', 'README.txt': 'hello', 'f.jpg': jpeg, 'f.json': '{"caption":"f","rating":5}', 'val/g.jpg': jpeg })
    const whole = await read('sidecar')
    expect(whole.samples.map(({ key, captions, emptyAlt, meta }) => [key, captions.map(({ text }) => text), emptyAlt, meta])).toEqual([
      ['a.jpg', ['one\r\ntwo'], undefined, undefined],
      ['b.png', ['b'], undefined, undefined],
      ['c.webp', [], true, undefined],
      ['d.jpg', [], undefined, undefined],
      ['f.jpg', ['f'], undefined, { rating: 5 }],
      ['val/g.jpg', [], undefined, { split: 'validation' }],
    ])
    expect(whole.problems).toEqual([{ path: 'e.txt', problem: 'There is no picture beside this caption file.' }])
    const lines = await read('sidecar', { separator: '\n' })
    expect(lines.samples[0].captions.map(({ text }) => text)).toEqual(['one', 'two'])
  })
  it('column names: LAION, DataComp, Recap-DataComp-1B, COYO, captions of named models', () => {
    expect(guessColumns(['URL', 'TEXT', 'WIDTH', 'HEIGHT', 'similarity', 'SAMPLE_ID'])).toEqual({ image: 'URL', key: 'SAMPLE_ID', captions: [{ column: 'TEXT', kind: 'alt', origin: 'source' }] })
    expect(guessColumns(['uid', 'url', 'text', 'original_width', 'sha256'])).toMatchObject({ image: 'url', key: 'uid', captions: [{ column: 'text', kind: 'alt' }] })
    expect(guessColumns(['url', 're_caption', 'org_caption', 'sha256', 'key', 're_clip_score', 'org_clip_score', 're_length'])).toEqual({ image: 'url', key: 'key', captions: [{ column: 'org_caption', kind: 'alt', origin: 'source' }, { column: 're_caption', kind: 'detailed', origin: 'model', model: 'llava-1.5-llama-3-8b' }] })
    expect(guessColumns(['id', 'url', 'text', 'text_length', 'word_count', 'num_tokens_bert'])).toMatchObject({ key: 'id', captions: [{ column: 'text' }] })
    expect(guessColumns(['image', 'title', 'cogvlm_caption', 'caption_score']).captions).toEqual([{ column: 'title', kind: 'alt', origin: 'source' }, { column: 'cogvlm_caption', kind: 'detailed', origin: 'model', model: 'cogvlm' }])
  })
})
