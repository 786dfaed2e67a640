import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, realpath, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { readyForFilter, droppedCount } from '@/lib/blend/store'
import { datasetById, datasetByName } from '@/lib/dataset/store'
import { snapshot } from '@/lib/db'
import { AppError, messageOf } from '@/lib/errors'
import { formats } from '@/lib/format'
import { folderSink } from '@/lib/format/sink'
import { log } from '@/lib/log'
import { diskError } from '@/lib/media/disk'
import { parseFilter } from '@/lib/sample/filter'
import { countSamples } from '@/lib/sample/store'
import { cardOf } from './card'
import { ledgerOf } from './ledger'
import { linkSink } from './link-sink'
import { manifestOf } from './manifest'
import { closeAside, filesBelow, isBeingWritten, mustBeFree, openAside, removeStale, settle, targetOf } from './place'
import { Proof } from './proof'
import type { Linkable } from './released'
import { samplesOf } from './samples'
import { Manifest, ReleaseRequest, type Progress, type ReleaseInput, type ReleaseResult, type ReleaseRow, type Seconds } from './schema'
import { addRelease, certifications, failRelease, finishRelease, releaseById, runningReleases, startRelease, tellProgress } from './store'
import { Tally } from './tally'

export type ExportOptions = {
  signal?: AbortSignal
  onProgress?: (progress: Progress) => void
  /** a person at the command line named the folder; otherwise releases stay below the home */
  anywhere?: boolean
}

/** Those who watch a release hear of it this often. */
const TELL_MS = 400

/** Asks for a release: everything that can be known beforehand is checked here. Writes nothing but its row. */
export async function requestRelease(input: ReleaseInput, options: Pick<ExportOptions, 'anywhere'> = {}): Promise<ReleaseRow> {
  const parsed = ReleaseRequest.safeParse(input)
  if (!parsed.success) throw new AppError('invalid', `The release cannot be made: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}.`)
  const request = parsed.data
  const dataset = await datasetByName(request.dataset)
  const format = formats.get(request.format)
  if (!format.write || !format.read) throw new AppError('invalid', `The format ${format.id} can only be read. Choose one of: ${formats.all.filter((one) => one.write && one.read).map((one) => one.id).join(', ')}.`)
  if (request.images === 'relative' && !format.references) throw new AppError('invalid', `${format.label} has no place for a path to a picture that lies elsewhere. Choose copy or link for its pictures, or one of: ${formats.all.filter((one) => one.references && one.write).map((one) => one.id).join(', ')}.`)
  parseFilter(request.filter)
  const name = dataset.name.replace(/[^\p{L}\p{N}._-]+/gu, '-')
  const place = (id: number) => targetOf(request.out, `${name}-${id}`, options.anywhere ?? false)
  await mustBeFree(place(0))
  return addRelease(dataset.id, request, place)
}

/** Makes a release: writes aside, reads back, compares, then gives it its name. Done again after a kill it starts anew. */
export async function runRelease(id: number, options: ExportOptions = {}): Promise<ReleaseResult> {
  const row = releaseById(id)
  const named = row.status === 'running' ? await foundFinished(row) : undefined
  if (named) return resultOf(row, named, null)
  let told = 0
  const onProgress = (progress: Progress) => {
    options.onProgress?.(progress)
    if (performance.now() - told < TELL_MS) return
    told = performance.now()
    tellProgress(id, progress)
  }
  let aside: string | undefined
  try {
    // before it is said to run, so that no other process takes it for interrupted
    aside = await openAside(row.path)
    if (!startRelease(id)) throw new AppError('conflict', `Release ${id} is done already; it stands in ${row.path}.`)
    return await write(row, aside, { ...options, onProgress })
  } catch (thrown) {
    const error = diskError(thrown, row.path, 'make the release again; nothing half-written is left')
    await endFailed(id, options.signal?.aborted ? 'It was cancelled.' : messageOf(error))
    throw error
  } finally {
    if (aside !== undefined) await closeAside(aside)
  }
}

/** On a full disk not even this can be written; the row then stays `running` until the next sweep. */
async function endFailed(id: number, why: string): Promise<void> {
  try {
    failRelease(id, why)
    await rm(ledgerOf(id), { force: true })
  } catch (error) {
    log.warn({ release: id }, `the end of the release could not be noted: ${messageOf(error)}`)
  }
}

const resultOf = (row: ReleaseRow, { samples, byKind, effectiveP, fallbacks }: Manifest, seconds: Seconds | null): ReleaseResult => ({ release: row.id, samples, byKind, effectiveP, fallbacks, manifest: path.join(row.path, 'manifest.json'), path: row.path, seconds })

/** Asks for a release and makes it in this process. */
export async function exportNow(input: ReleaseInput, options: ExportOptions = {}): Promise<ReleaseResult> {
  await sweepReleases()
  return runRelease((await requestRelease(input, options)).id, options)
}

async function write(row: ReleaseRow, aside: string, { signal, onProgress }: ExportOptions): Promise<ReleaseResult> {
  const { request } = row
  const dataset = await datasetById(row.datasetId)
  const format = formats.get(request.format)
  if (!format.write) throw new AppError('invalid', `The format ${format.id} can only be read.`)
  await mustBeFree(row.path)
  await removeStale(row.path)
  readyForFilter(request.filter)
  const total = countSamples(dataset.id, request.filter)
  const options = { profile: request.profile, images: request.images }
  const tally = new Tally()
  const proof = new Proof(format, options)
  const linkable: Linkable = new WeakMap()
  // paths to pictures are told from where the release really is, links followed
  const folder = path.join(await realpath(path.dirname(aside)), path.basename(row.path))
  const view = snapshot()
  try {
    const start = performance.now()
    const samples = samplesOf({ view, datasetId: dataset.id, release: row.id, request, folder, tally, proof, linkable, signal, onWritten: (done) => onProgress?.({ phase: 'write', done, total }) })
    const sink = folderSink(aside)
    await format.write(samples, request.images === 'link' ? linkSink(sink, linkable) : sink, options)
    if (tally.samples === 0) throw new AppError('invalid', `No sample can be released: ${total} match, none of them has a caption in an allowed standing.`)
    const written = performance.now()
    const proved = await proof.check(aside, { signal, onProgress: (done) => onProgress?.({ phase: 'proof', done, total: tally.samples }) })
    const made = { dataset: { name: dataset.name, licence: dataset.licence, note: dataset.note }, request, tally: tally.result(), excluded: { dropped: droppedCount(view, dataset.id, request.filter), nothingToSay: tally.nothingToSay }, certification: certifications(view, dataset.id), proof: proved }
    const files = await hashed(aside, await filesBelow(aside))
    await sink.write('README.md', [cardOf(manifestOf({ ...made, files }), dataset.settings.language)])
    const manifest = manifestOf({ ...made, files: [...files, ...(await hashed(aside, ['README.md']))] })
    await sink.write('manifest.json', [`${JSON.stringify(manifest, null, 2)}\n`])
    signal?.throwIfAborted()
    await settle(aside, row.path)
    const end = performance.now()
    const seconds = { write: (written - start - proof.spent) / 1000, proof: (end - written + proof.spent) / 1000 }
    finishRelease(row.id, manifest, seconds)
    return resultOf(row, manifest, seconds)
  } finally {
    view.close()
  }
}

async function hashed(root: string, paths: readonly string[]): Promise<Manifest['files']> {
  const out: Manifest['files'] = []
  for (const relative of paths) {
    const file = path.join(root, relative)
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer)
    out.push({ path: relative, bytes: (await stat(file)).size, sha256: hash.digest('hex') })
  }
  return out
}

/**
 * Puts right what killed exports left: their folders aside go; a release that got its name but not its row is done; the
 * others failed. Called when a process starts that makes releases.
 */
export async function sweepReleases(): Promise<void> {
  for (const row of runningReleases()) {
    if (await isBeingWritten(row.path)) continue
    await removeStale(row.path)
    if (!(await foundFinished(row))) await endFailed(row.id, 'It was interrupted before it was proved. Nothing half-written is left; make it again.')
  }
}

/** The manifest of a release that got its name but was killed before its row heard of it; the row hears of it now. */
async function foundFinished(row: ReleaseRow): Promise<Manifest | undefined> {
  const read = await readFile(path.join(row.path, 'manifest.json'), 'utf8').then((text) => Manifest.safeParse(JSON.parse(text))).catch(() => undefined)
  const manifest = read?.data
  if (!manifest || manifest.spec.seed !== row.request.seed || manifest.format !== row.format) return undefined
  finishRelease(row.id, manifest, null)
  return manifest
}
