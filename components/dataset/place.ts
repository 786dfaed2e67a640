/** Where a list was left: the number of its sample at the top, and the pixels of that row above the edge. */
export type Place = { index: number; rest: number }

const named = (what: string) => `recaption:grid:${what}`

/** The place at which the list of this name was left in this tab; undefined at its top. */
export function placeOf(what: string): Place | undefined {
  if (typeof sessionStorage === 'undefined') return undefined
  const [index, rest] = (sessionStorage.getItem(named(what)) ?? '').split(' ').map(Number)
  return index > 0 || rest > 0 ? { index, rest } : undefined
}

/** Remembers the place, for coming back and for loading the page again. */
export function keepPlace(what: string, { index, rest }: Place): void {
  try {
    sessionStorage.setItem(named(what), `${index} ${rest}`)
  } catch {
    // a full or forbidden store costs the place and nothing else
  }
}
