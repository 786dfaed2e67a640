import { between, kindMetric } from './kind-metric'
import { spread, tokensOf } from './text'

/** The cube of it is the number of steps. */
const MOST = 150

/** Eigenvalues of a symmetric matrix by Jacobi's rotations. */
function eigenvalues(matrix: readonly (readonly number[])[]): number[] {
  const a = matrix.map((row) => [...row])
  const n = a.length
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += a[p][q] ** 2
    if (off < 1e-18) break
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        if (Math.abs(a[p][q]) < 1e-15) continue
        const theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
        const c = 1 / Math.sqrt(t * t + 1)
        const s = t * c
        for (let k = 0; k < n; k++) [a[k][p], a[k][q]] = [c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]]
        for (let k = 0; k < n; k++) [a[p][k], a[q][k]] = [c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]]
      }
  }
  return a.map((row, i) => row[i])
}

/** Vendi score of a similarity matrix (1 on the diagonal): how many texts that have nothing in common this amounts to. */
export function vendi(similarity: readonly (readonly number[])[]): number {
  const n = similarity.length
  const bits = eigenvalues(similarity.map((row) => row.map((value) => value / n))).reduce((sum, value) => (value > 1e-12 ? sum - value * Math.log(value) : sum), 0)
  return Math.exp(bits)
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0
  for (const token of a) if (b.has(token)) shared++
  const all = a.size + b.size - shared
  return all === 0 ? 1 : shared / all
}

/** Pairwise token overlap, for the Vendi score. */
export function overlaps(texts: readonly string[]): number[][] {
  const sets = texts.map((text) => new Set(tokensOf(text)))
  return sets.map((a) => sets.map((b) => jaccard(a, b)))
}

export const vendiScore = kindMetric({ id: 'vendi', label: 'Vendi score', unit: 'different texts', bins: between(0, 2, 5, 10, 20, 50, 100), of: (texts) => (texts.length === 0 ? null : vendi(overlaps(spread(texts, MOST)))) })
