const MOST = 40

/** The stored id that a label gives: a lower-case word of letters, digits and hyphens, with a number where it is taken. */
export function captionerId(label: string, taken: readonly string[] = []): string {
  const word = label.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '').replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '').slice(0, MOST)
  const id = word || 'endpoint'
  for (let n = 1; ; n++) {
    const one = n === 1 ? id : `${id.slice(0, MOST - 4)}-${n}`
    if (!taken.includes(one)) return one
  }
}

const bare = (url: string) => url.trim().replace(/\/+$/, '')
/** Whether a key for the one goes to the other too: a slash at the end makes no difference. */
export const sameAddress = (one: string, other: string): boolean => bare(one) === bare(other)
