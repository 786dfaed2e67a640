import { createHash, timingSafeEqual } from 'node:crypto'

export const TOKEN_COOKIE = 'recaption-token'

/** Whether `given` is the access token; the time it takes tells nothing of how much of it was right. */
export function presents(given: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}
