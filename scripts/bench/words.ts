const WORDS = 'a the small large old red blue green wooden quiet busy dog cat boat street mountain river house market child woman man bicycle tree window bread table light morning evening snow rain harbour bridge garden station'.split(' ')

/** Captions of six to seventeen words recombined from a list, the same for the same row. */
export function captionOf(row: number): string {
  let state = (row * 2654435761) >>> 0
  const next = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  return Array.from({ length: 6 + next(12) }, () => WORDS[next(WORDS.length)]).join(' ')
}
