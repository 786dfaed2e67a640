import { setImmediate } from 'node:timers/promises'
import { AppError } from '@/lib/errors'
import { importById } from './store'
import { dropImport, removeSamples, touched } from './undo-store'

/**
 * Takes an import back whole: its samples with their captions, flags and problems. Samples that a person has decided
 * about, or for which a run wrote captions, are never removed: then nothing is, and AppError 'refused' says how many.
 * Returns how many samples went.
 */
export async function undoImport(importId: number): Promise<{ removed: number }> {
  const row = importById(importId)
  const held = touched(importId)
  if (held > 0) throw new AppError('refused', `${held.toLocaleString('en')} ${held === 1 ? 'sample' : 'samples'} of this import carry decisions or captions that were made since, so it is not taken back. Drop samples instead.`, { detail: { touched: held } })
  let removed = 0
  for (let taken = removeSamples(row); taken > 0; taken = removeSamples(row)) {
    removed += taken
    await setImmediate()
  }
  dropImport(importId)
  return { removed }
}
