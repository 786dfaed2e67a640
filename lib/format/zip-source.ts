import { realpathSync, statSync } from 'node:fs'
import path from 'node:path'
import yauzl from 'yauzl'
import { AppError, messageOf } from '../errors'
import { insidePath, isLitter, shown, unsafePath } from './paths'
import type { ImportProblem, Mapping, Source } from './types'

/** Limits on what an archive may claim to hold. */
export const zipLimits = {
  entries: 2_000_000,
  /** unpacked to packed, of a member above `smallBytes` and of the whole archive */
  ratio: 100,
  smallBytes: 1_000_000,
  /** bytes of one member that is read into memory */
  memberBytes: 1_000_000_000,
}

type Member = { entry: yauzl.Entry; name: string }
const nameOf = (entry: yauzl.Entry) => yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false)

/** Why a member is passed over; undefined when it is taken. */
function unfit(entry: yauzl.Entry, name: string, taken: boolean): string | undefined {
  const why = unsafePath(name)
  if (why) return `The member's name ${why}.`
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000) return 'The member is a link.'
  if (taken) return 'The archive holds two members of this name; the first one counts.'
  if (entry.isEncrypted()) return 'The member is encrypted.'
  if (!entry.canDecodeFileData()) return 'The member is packed by a method that cannot be read.'
  if (entry.uncompressedSize > zipLimits.smallBytes && entry.uncompressedSize > entry.compressedSize * zipLimits.ratio) return `The member would unpack to ${entry.uncompressedSize} bytes from ${entry.compressedSize}; more than ${zipLimits.ratio} to 1 is refused.`
  return undefined
}

async function membersOf(zip: yauzl.ZipFile, size: number, problems: ImportProblem[]): Promise<Map<string, yauzl.Entry>> {
  const members = new Map<string, yauzl.Entry>()
  let total = 0
  try {
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry)
      if (name.endsWith('/') || isLitter(name)) {
        // hidden names that also lead out are worth a word
        if (unsafePath(name)) problems.push({ problem: `The member's name ${unsafePath(name)}.`, path: shown(name) })
        continue
      }
      const clean = unsafePath(name) ? name : insidePath(name)
      let why = unfit(entry, name, members.has(clean))
      if (!why && total + entry.uncompressedSize > size * zipLimits.ratio + zipLimits.smallBytes) why = `The archive would unpack to more than ${zipLimits.ratio} times its size.`
      if (why) {
        problems.push({ problem: why, path: shown(name) })
        continue
      }
      total += entry.uncompressedSize
      members.set(clean, entry)
      if (members.size > zipLimits.entries) throw new AppError('refused', `The archive holds more than ${zipLimits.entries.toLocaleString('en')} files. Import it in parts.`)
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    problems.push({ problem: `The archive's list of members ends early: ${messageOf(error)}`, path: '' })
  }
  return members
}

/** A zip as a source: its members are the paths, read at random and never unpacked to disk. */
export async function zipSource(file: string, mapping: Mapping): Promise<Source> {
  const real = realpathSync(file)
  const { size } = statSync(real)
  const base = path.basename(real)
  let zip: yauzl.ZipFile
  try {
    zip = await yauzl.openPromise(real, { autoClose: false, decodeStrings: false })
  } catch (error) {
    throw new AppError('invalid', `${base} cannot be opened as a zip archive: ${messageOf(error)}`, { cause: error })
  }
  const problems: ImportProblem[] = []
  const members = await membersOf(zip, size, problems).catch((error: unknown) => {
    zip.close()
    throw error
  })
  for (const problem of problems) problem.path = problem.path ? `${base}/${problem.path}` : base

  const find = (given: string): Member | undefined => {
    const name = insidePath(given)
    const entry = members.get(name)
    return entry && { entry, name }
  }
  const must = (given: string): Member => {
    const member = find(given)
    if (!member) throw new AppError('not_found', `There is no file “${shown(given)}” in ${base}.`)
    return member
  }
  const stream = async function* (given: string): AsyncIterable<Uint8Array> {
    const { entry, name } = must(given)
    try {
      for await (const chunk of await zip.openReadStreamPromise(entry)) yield chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk))
    } catch (error) {
      throw new AppError('invalid', `“${shown(name)}” in ${base} cannot be unpacked: ${messageOf(error)}`, { cause: error })
    }
  }
  return {
    root: path.dirname(real),
    mapping,
    problems,
    paths: async () => [...members.keys()].sort(),
    stream,
    async read(given) {
      const { entry, name } = must(given)
      if (entry.uncompressedSize > zipLimits.memberBytes) throw new AppError('refused', `“${shown(name)}” in ${base} has ${entry.uncompressedSize} bytes, too many to read at once.`)
      const parts: Uint8Array[] = []
      for await (const part of stream(given)) parts.push(part)
      return Buffer.concat(parts)
    },
    file: async () => undefined,
    async image(given) {
      const member = find(given)
      if (!member) return undefined
      const { entry, name } = member
      const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true }).catch((error: unknown) => {
        throw new AppError('invalid', `“${shown(name)}” in ${base} cannot be found: ${messageOf(error)}`, { cause: error })
      })
      return { place: 'member', path: real, member: name, offset: fileDataStart, length: entry.compressedSize, ...(entry.isCompressed() && { inflate: entry.uncompressedSize }) }
    },
    close: async () => zip.close(),
  }
}
