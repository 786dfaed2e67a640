/** `padded`: half a win was added to each side of every pair, because otherwise no finite answer exists. */
export type Strengths = { strength: number[]; elo: number[]; padded: boolean }

/** Whether every one can be reached from every other by wins; only then is there a finite answer (Ford 1957). */
function connected(wins: readonly (readonly number[])[]): boolean {
  const reach = (from: (i: number, j: number) => number) => {
    const seen = new Set([0])
    for (const i of seen) wins.forEach((_, j) => from(i, j) > 0 && seen.add(j))
    return seen.size === wins.length
  }
  return reach((i, j) => wins[i][j]) && reach((i, j) => wins[j][i])
}

/**
 * Bradley–Terry strengths by Hunter's MM steps (2004), geometric mean 1. `wins[i][j]`: how often i beat j; a tie is half a
 * win for each.
 */
export function bradleyTerry(wins: readonly (readonly number[])[]): Strengths {
  const padded = !connected(wins)
  const w = padded ? wins.map((row, i) => row.map((count, j) => (i === j ? 0 : count + 0.5))) : wins
  let strength = w.map(() => 1)
  for (let round = 0; round < 100_000; round++) {
    const next = strength.map((own, i) => {
      const won = w[i].reduce((sum, count, j) => (i === j ? sum : sum + count), 0)
      const met = strength.reduce((sum, other, j) => (i === j ? sum : sum + (w[i][j] + w[j][i]) / (own + other)), 0)
      return won / met
    })
    const mean = Math.exp(next.reduce((sum, one) => sum + Math.log(one), 0) / next.length)
    const scaled = next.map((one) => one / mean)
    const moved = Math.max(...scaled.map((one, i) => Math.abs(one - strength[i])))
    strength = scaled
    if (moved < 1e-12) break
  }
  return { strength, elo: strength.map((one) => 400 * Math.log10(one)), padded }
}

/** The chance that one of strength a beats one of strength b. */
export const winChance = (a: number, b: number): number => a / (a + b)
