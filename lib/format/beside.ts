import { AppError } from '../errors'
import { guessColumns } from './columns'
import { isRecord } from './guards'
import { tooDeep } from './jsonl-rows'
import { longestLine } from './lines'
import { extensionOf } from './paths'
import { longestCaption, plain, rowReader, unstorable } from './row'
import { decodedText } from './text'
import type { ImportedCaption, ImportProblem, Source } from './types'

/** in a .json beside a picture: it holds what the file names and the .txt cannot say */
export const mark = 'recaption'

/** What can be said of a file that cannot be read; anything unforeseen is thrown on. */
export const asProblem = (path: string) => (error: unknown): ImportProblem => {
  if (error instanceof AppError) return { problem: error.message, path }
  throw error
}

/** The text of a small file; undefined when it is larger than any caption may be. */
export async function smallText(source: Source, path: string): Promise<string | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of source.stream(path)) {
    size += part.length
    if (size > longestCaption * 4) return undefined
    parts.push(part)
  }
  return decodedText(Buffer.concat(parts))
}

/** `own`: written by a release, and the only thing that counts; `alone`: it has no picture. */
export type Beside = { captions: ImportedCaption[]; meta?: Record<string, unknown>; empty: boolean; key?: string; width?: number; height?: number; own?: boolean; alone?: boolean }

/** What a JSON beside a picture says: captions by the names that tables use, the rest meta. */
export function fromJson(text: string, path: string, ownKey: boolean): Beside | ImportProblem {
  let value: unknown
  try {
    value = text.length > longestLine ? undefined : JSON.parse(text)
  } catch (error) {
    return { problem: `The file is not valid JSON: ${error instanceof Error ? error.message.slice(0, 160) : ''}`, path }
  }
  if (!isRecord(value) || tooDeep(value)) return { problem: `The file is not a JSON object of at most ${longestLine.toLocaleString('en')} characters and 64 levels.`, path }
  if (value.written_by === mark && typeof value.key === 'string' && typeof value.text === 'string') return { captions: [{ text: value.text, kind: 'alt', origin: 'source' }], empty: false, key: value.key, own: true, alone: value.picture === null }
  const columns = Object.keys(value)
  const { captions } = guessColumns(columns)
  if (!captions?.length) {
    const meta = plain(value)
    return { captions: [], empty: false, ...(isRecord(meta) && Object.keys(meta).length > 0 && { meta }) }
  }
  const key = ownKey && typeof value.key === 'string' && value.key !== '' ? 'key' : undefined
  const sample = rowReader(columns, { captions, key }, { path })(Object.values(value))
  if ('problem' in sample) return sample
  return { captions: [...sample.captions], empty: sample.emptyAlt ?? false, ...(key && { key: sample.key }), ...(sample.meta && { meta: { ...sample.meta } }), width: sample.width, height: sample.height }
}

/** The captions of a text file, by the separator where there is one. */
export function fromText(text: string, path: string, separator: string | undefined): Beside | ImportProblem {
  const texts = (separator ? text.replaceAll('\r\n', '\n').split(separator) : [text]).map((one) => one.trim())
  const why = texts.map(unstorable).find((one) => one !== undefined)
  if (why) return { problem: `The caption ${why}.`, path }
  const captions = texts.filter((one) => one !== '').map((one): ImportedCaption => ({ text: one, kind: 'alt', origin: 'source' }))
  return { captions, empty: captions.length === 0 }
}

export async function readBeside(source: Source, path: string, ownKey: boolean): Promise<Beside | ImportProblem> {
  const text = await smallText(source, path).catch(asProblem(path))
  if (typeof text === 'object') return text
  if (text === undefined) return { problem: 'The caption file is larger than any caption may be.', path }
  return extensionOf(path) === 'json' ? fromJson(text, path, ownKey) : fromText(text, path, source.mapping.separator)
}
