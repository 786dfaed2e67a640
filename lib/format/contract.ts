import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carried, carriedBack, type Carried } from './carried'
import { bytesAt } from './member'
import { urlIn } from './placed'
import { folderSink } from './sink'
import { openSource } from './source'
import type { Format, ImportProblem, ReleasedSample, WriteOptions } from './types'
import { isProblem } from './types'

const hostileKeys = ['a.jpg', 'a.png', 'A.jpg', 'a', 'dir/a.jpg', 'dir/a', '../x', '../../etc/passwd', '/abs/x.jpg', 'C:\\x', 'con.jpg', 'nul', 'x.', ' x', '-rf', '=cmd', 'a"b', 'a\nb', 'a\tb', "it's", '50%', '100%25', '~x', 'a//b', './a', '.hidden', '🐈.webp', 'caf\u00e9', 'cafe\u0301', 'שלום', '\u202etxt.jpg', '汉'.repeat(85), `${'k'.repeat(251)}.jpg`, 'a.b.c.d', 'metadata', 'data', '00000', 'https://example.org/a.jpg?x=1&y=2#z', 'x.json', 'x.txt', '__proto__', 'constructor', '{"a":1}', '[1]', '1e5', '007', 'null', 'true']
const hostileTexts = ['A dog.', 'a, "quoted" cat', 'two\nlines', 'cr\r\nlf', 'tab\there', '=1+1', '@sum', "'quoted", '"', '""', ',', 'x,"y', ' leading and trailing ', 'trailing newline\n', '🐈‍⬛ and 👩‍👩‍👧', '\ufeffmark first', 'שלום עולם', '汉字', '\\N', 'null', 'NaN', '{"caption":"x"}', '["a","b"]', '\u2028line\u2029', 'e\u0301', 'a|||b;;;c', '%', '-', '1', 'a'.repeat(5000)]

const keyOf = fc.oneof(fc.constantFrom(...hostileKeys), fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).filter((key) => key.isWellFormed() && !key.includes('\0')))
const textOf = fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary', minLength: 1, maxLength: 80 })).filter((text) => text.isWellFormed() && !text.includes('\0') && text.trim() !== '')
const captionOf = fc.record({ kind: fc.constantFrom('alt', 'short', 'detailed'), origin: fc.constantFrom('source', 'model', 'human'), text: textOf })
const metaOf = fc.dictionary(fc.oneof(fc.constantFrom('similarity', 'NSFW', 'page', '__proto__', 'a "b"', 'url', 'split'), fc.string({ minLength: 1, maxLength: 10 })), fc.oneof(fc.string({ maxLength: 20 }), fc.integer(), fc.boolean(), fc.array(fc.integer(), { maxLength: 3 })), { maxKeys: 4 })
const picture = (seed: number) => ({ bytes: Buffer.from([0xff, 0xd8, 0xff, ...createHash('sha256').update(String(seed)).digest()]), mime: 'image/jpeg', extension: 'jpg' })

const sampleOf = fc
  .record({ key: keyOf, chosen: captionOf, others: fc.array(captionOf, { maxLength: 2 }), alt: fc.option(textOf, { nil: undefined }), size: fc.option(fc.tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 9999 })), { nil: undefined }), url: fc.option(fc.webUrl(), { nil: undefined }), split: fc.constantFrom(undefined, 'train', 'test'), meta: fc.option(metaOf, { nil: undefined }), seed: fc.option(fc.nat(), { nil: undefined }), model: fc.constantFrom(undefined, 'gpt-x', 'a, "b"') })
  .map(({ key, chosen, others, alt, size, url, split, meta, seed, model }): ReleasedSample => ({
    key,
    chosen,
    candidates: [chosen, ...others].map((one) => ({ ...one, standing: 'approved', ...(model !== undefined && one.origin !== 'source' && { model }) })),
    ...(alt !== undefined && { alt }),
    ...(size && { width: size[0], height: size[1] }),
    url: url ?? urlIn(meta),
    ...(split !== undefined && { split }),
    ...(meta !== undefined && { meta }),
    ...(seed !== undefined && { image: picture(seed) }),
  }))

const releaseOf = fc.uniqueArray(sampleOf, { minLength: 1, maxLength: 12, selector: ({ key }) => key })

async function* batchesOf(samples: readonly ReleasedSample[]) {
  for (let at = 0; at < samples.length; at += 5) yield samples.slice(at, at + 5)
}

const tree = (folder: string): Record<string, string> =>
  Object.fromEntries(readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => {
    const file = path.join(entry.parentPath, entry.name)
    return [path.relative(folder, file), createHash('sha256').update(readFileSync(file)).digest('hex')] as const
  }).sort(([a], [b]) => (a < b ? -1 : 1)))

/** Writes the samples into a folder of their own and hands it on; the folder is gone afterwards. */
export async function inRelease<T>(format: Format, samples: readonly ReleasedSample[], look: (folder: string) => Promise<T>, options?: WriteOptions): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'recaption-format-'))
  try {
    await format.write?.(batchesOf(samples), folderSink(folder), { images: 'copy', ...options })
    return await look(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Everything a folder, archive or table holds for this format, and its problems. */
export async function readBack(format: Format, where: string, mapping = {}) {
  const source = await openSource(where, mapping)
  const problems: ImportProblem[] = []
  const samples = []
  for await (const batch of format.read?.(source) ?? []) for (const one of batch) if (isProblem(one)) problems.push(one)
  else samples.push(one)
  await source.close()
  return { samples, problems: [...problems, ...source.problems] }
}

const byKey = (a: Carried, b: Carried) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)

/** The test that every format which reads and writes passes: what it writes, it reads back, and always in the same bytes. */
export function describeFormat(format: Format, options: WriteOptions = {}): void {
  describe(`${format.id} as a format${options.profile ? ` (${options.profile})` : ''}`, () => {
    const check = async (samples: readonly ReleasedSample[]) => {
      await inRelease(format, samples, async (folder) => {
        const { samples: read, problems } = await readBack(format, folder)
        expect(problems).toEqual([])
        const back = await Promise.all(read.map(async (sample) => carriedBack(format, sample, sample.image && (await bytesAt(sample.image)))))
        expect(back.sort(byKey)).toEqual(samples.map((sample) => carried(format, sample, options)).sort(byKey))
      }, options)
    }
    it('reads back what it wrote: hostile keys, texts and metadata', async () => {
      await fc.assert(fc.asyncProperty(releaseOf, check), { numRuns: 60, seed: 7, endOnFailure: false })
    })
    it('keeps apart every hostile key, with and without pictures', async () => {
      const chosen = { kind: 'short', origin: 'model', text: 'x' }
      await check(hostileKeys.map((key, at) => ({ key, chosen, candidates: [], image: picture(at) })))
      await check(hostileKeys.map((key) => ({ key, chosen, candidates: [] })))
    })
    it('reads back every hostile text', async () => {
      await check(hostileTexts.map((text, at) => ({ key: `k${at}.jpg`, chosen: { kind: 'alt', origin: 'source', text }, candidates: [], image: picture(at) })))
    })
    it('writes the same bytes twice', async () => {
      await fc.assert(
        fc.asyncProperty(releaseOf, async (samples) => {
          const first = await inRelease(format, samples, async (folder) => tree(folder), options)
          expect(Object.keys(first).length).toBeGreaterThan(0)
          expect(await inRelease(format, samples, async (folder) => tree(folder), options)).toEqual(first)
        }),
        { numRuns: 8, seed: 11 },
      )
    })
    it.each([['with', picture(1)], ['without', undefined]])('recognises its own release %s pictures', async (_, image) => {
      await inRelease(format, [{ key: 'a.jpg', chosen: { kind: 'short', origin: 'model', text: 'x' }, candidates: [], image }], async (folder) => {
        const source = await openSource(folder)
        expect(await format.detect?.(await source.paths(), source)).toBeGreaterThan(0)
      }, options)
    })
  })
}
