import { createHash, hash } from 'node:crypto'
import type { CaptionRequest } from '@/lib/captioner/types'
import { inOrder } from './same-request'

/** Hex sha256 of a value's JSON, with keys in order, so that equal values have equal hashes. */
export const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(inOrder(value)) ?? 'null').digest('hex')

/**
 * What an exact request is known by, before the number of the answer is added: the captioner, everything it is given, the
 * bytes of the picture. `salt` sets apart the requests of a run that really asks again.
 */
export function requestHash(captioner: string, { media, ...asked }: CaptionRequest, salt: string, sha256?: string): string {
  return hashOf([captioner, asked, sha256 ?? hash('sha256', media, 'hex'), salt])
}

/** The nth answer to a request: a repeat after an answer that was no caption is a new question. */
export const answerHash = (request: string, n: number): string => hashOf([request, n])
