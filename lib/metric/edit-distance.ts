/** Levenshtein distance by characters: insertions, deletions and substitutions that lead from one text to the other. */
export function editDistance(a: string, b: string): number {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let [endA, endB] = [a.length, b.length]
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--
    endB--
  }
  const width = endB - start
  let row = Uint32Array.from({ length: width + 1 }, (_, i) => i)
  let next = new Uint32Array(width + 1)
  for (let i = start; i < endA; i++) {
    next[0] = i - start + 1
    for (let j = 0; j < width; j++) next[j + 1] = Math.min(row[j + 1] + 1, next[j] + 1, row[j] + Number(a[i] !== b[start + j]))
    ;[row, next] = [next, row]
  }
  return row[width]
}
