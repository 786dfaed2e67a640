import { hash } from 'node:crypto'

/** The sha256 of a text as 32 characters of one byte each: a Buffer in its place costs four times as much as the hash. */
export const digestOf = (text: string): string => hash('sha256', text, 'binary')

/** Four bytes of such a digest as a number, the highest first. */
export const uint32 = (digest: string, at: number): number =>
  ((digest.charCodeAt(at) << 24) | (digest.charCodeAt(at + 1) << 16) | (digest.charCodeAt(at + 2) << 8) | digest.charCodeAt(at + 3)) >>> 0
