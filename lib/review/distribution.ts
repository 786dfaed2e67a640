/** The two-sided 95 % point of the normal distribution. */
export const Z95 = 1.959964

// Lanczos' approximation, g = 7, nine terms (Numerical Recipes, 3rd edition, §6.1); good to 1e-14 here.
const LANCZOS = [0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7]

export function lnGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lnGamma(1 - x)
  const base = x - 1 + 7.5
  const sum = LANCZOS.reduce((total, term, i) => (i === 0 ? term : total + term / (x - 1 + i)), 0)
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum)
}

export const lnChoose = (n: number, k: number): number => (k < 0 || k > n ? -Infinity : lnGamma(n + 1) - lnGamma(k + 1) - lnGamma(n - k + 1))

/** P(X ≤ k) for X binomial with n trials of chance p. */
export function binomialBelow(k: number, n: number, p: number): number {
  if (k >= n || p <= 0) return 1
  if (p >= 1) return 0
  let sum = 0
  for (let i = 0; i <= k; i++) sum += Math.exp(lnChoose(n, i) + i * Math.log(p) + (n - i) * Math.log1p(-p))
  return Math.min(1, sum)
}

/** P(X ≤ k) for X the bad ones among n drawn without putting back from a lot with `bad` of them. */
export function hypergeometricBelow(k: number, n: number, lot: number, bad: number): number {
  const all = lnChoose(lot, n)
  let sum = 0
  for (let i = Math.max(0, n - (lot - bad)); i <= Math.min(k, n, bad); i++) sum += Math.exp(lnChoose(bad, i) + lnChoose(lot - bad, n - i) - all)
  return Math.min(1, sum)
}

/** The regularised incomplete beta function I_x(a, b), by Lentz's continued fraction. */
export function betaBelow(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - betaBelow(1 - x, b, a)
  const TINY = 1e-300
  const safe = (value: number) => (Math.abs(value) < TINY ? TINY : value)
  let c = 1
  let d = 1 / safe(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m <= 1000; m++) {
    for (const term of [(m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)), (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))]) {
      d = 1 / safe(1 + term * d)
      c = safe(1 + term / c)
      fraction *= d * c
    }
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return (Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a) * fraction
}

/** The x at which I_x(a, b) = p, by halving. */
export function betaInverse(p: number, a: number, b: number): number {
  let low = 0
  let high = 1
  for (let i = 0; i < 100 && high - low > 1e-15; i++) {
    const middle = (low + high) / 2
    if (betaBelow(middle, a, b) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}
