import { binomialBelow, Z95 } from './distribution'

/** The two-sided sign test: how likely a split at least this uneven is when both are equally good. Ties are left out. */
export const signTest = (a: number, b: number): number => (a + b === 0 ? 1 : Math.min(1, 2 * binomialBelow(Math.min(a, b), a + b, 0.5)))

/** The normal quantile of 80 % power. */
const POWER80 = 0.8416212335729143

/** How many decided pairs it takes to tell a win rate of `rate` from one half, 95 % confident and with 80 % power. */
export const pairsNeeded = (rate: number): number => Math.ceil(((Z95 * 0.5 + POWER80 * Math.sqrt(rate * (1 - rate))) / (rate - 0.5)) ** 2)
