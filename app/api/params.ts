import { AppError } from '@/lib/errors'

/** A row's id out of an address. */
export function idOf(text: string): number {
  const id = Number(text)
  if (!Number.isSafeInteger(id) || id < 1) throw new AppError('invalid', `“${text}” is not an id: ids are whole numbers from 1.`)
  return id
}
