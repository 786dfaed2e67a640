/** A symmetric matrix, its lower triangle row by row in a full square. */
export type Square = Float64Array

/** Adds x·xᵀ to the lower triangle of `gram`. */
export function addOuter(gram: Square, x: Float32Array | Float64Array, sign = 1): void {
  const n = x.length
  for (let i = 0; i < n; i++) {
    const value = sign * x[i]
    if (value === 0) continue
    const row = i * n
    for (let j = 0; j <= i; j++) gram[row + j] += value * x[j]
  }
}

/** The Cholesky factor of a positive definite matrix plus `ridge` on its diagonal; the given one is left as it is. */
export function factor(gram: Square, n: number, ridge: number): Square {
  const l = Float64Array.from(gram)
  for (let i = 0; i < n; i++) l[i * n + i] += ridge
  for (let j = 0; j < n; j++) {
    const at = j * n
    for (let i = j; i < n; i++) {
      const row = i * n
      let sum = l[row + j]
      for (let k = 0; k < j; k++) sum -= l[row + k] * l[at + k]
      l[row + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / l[at + j]
    }
  }
  return l
}

/** Solves (L·Lᵀ)·w = b. */
export function solve(l: Square, n: number, b: Float64Array): Float64Array {
  const w = Float64Array.from(b)
  for (let i = 0; i < n; i++) {
    let sum = w[i]
    for (let k = 0; k < i; k++) sum -= l[i * n + k] * w[k]
    w[i] = sum / l[i * n + i]
  }
  for (let i = n - 1; i >= 0; i--) {
    w[i] /= l[i * n + i]
    for (let k = 0; k < i; k++) w[k] -= l[i * n + k] * w[i]
  }
  return w
}
