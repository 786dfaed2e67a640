import { Kind } from '@/lib/caption/schema'
import type { Mapping } from '@/lib/format/types'
import { ApiError } from '../../api'
import type { Picked } from './picked'

/** What is wrong with a kind as it is typed; undefined when a caption may be of it. */
export const kindRefusal = (kind: string): string | undefined => (Kind.safeParse(kind).success ? undefined : 'A kind is a lower-case word: at most 32 letters, digits and hyphens, a letter first.')

/** Whether a correction can be looked at at all. */
export const canBeRead = (mapping: Mapping | undefined): boolean => (mapping?.captions ?? []).every(({ kind }) => kindRefusal(kind) === undefined)

/** Asking again helps where the server was away; a choice that was refused has to be another one. */
export const mayPass = (error: unknown): boolean => !(error instanceof ApiError && error.status < 500)

/** A refusal in words for this sheet: the server names a flag of the command line, and its own folder. */
export function refusalHere(error: Error, picked: Picked): Error {
  if (!error.message.startsWith('No format is recognised')) return error
  const names = picked.files.slice(0, 3).map(({ path }) => path).join(', ')
  return new Error(`No format is recognised in ${names}${picked.files.length > 3 ? ' and more' : ''}. Choose the format above.`)
}
