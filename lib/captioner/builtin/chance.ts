import { createHash } from 'node:crypto'

/** Chooses wordings: the same seed and slot give the same choice, on every machine. */
export type Pick = <T>(slot: string, options: readonly [T, ...T[]]) => T

export const picker = (seed: string): Pick => (slot, options) =>
  options[createHash('sha256').update(`${seed}\n${slot}`).digest().readUInt32BE(0) % options.length]
