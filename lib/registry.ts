import { AppError } from './errors'

export interface Registry<T extends { readonly id: string }> {
  readonly all: readonly T[]
  /** Throws AppError 'not_found' that lists the ids there are. */
  get(id: string): T
  find(id: string): T | undefined
}

/** A hand-written list of implementations of one extension point; a repeated id is a programming error. */
export function registry<T extends { readonly id: string }>(what: string, ...all: readonly T[]): Registry<T> {
  const byId = new Map(all.map((one) => [one.id, one]))
  if (byId.size !== all.length) throw new Error(`two ${what}s with one id`)
  return {
    all,
    find: (id) => byId.get(id),
    get(id) {
      const found = byId.get(id)
      if (!found) throw new AppError('not_found', `There is no ${what} “${id}”. There are: ${[...byId.keys()].join(', ')}.`, { detail: { use: true } })
      return found
    },
  }
}
