import type { Money } from './answer-store'

/** Sums of prices in binary are off by less than this. */
const ROUNDING = 1e-9

/**
 * What a run under a budget may still ask. Nobody knows what a call costs before the first came back, so that one goes by
 * itself; from then on every call under way is reckoned as dear as the dearest so far.
 */
export class Purse {
  #dearest: number | null
  #calling = 0

  /** `dearest`: the most that a call has cost before, in the price's currency; null when none is known. */
  constructor(dearest: number | null) {
    this.#dearest = dearest
  }

  get dearest(): number {
    return this.#dearest ?? 0
  }

  /** A call came back and cost this; 0 where the endpoint counts nothing. */
  paid(cost: number): void {
    this.#dearest = Math.max(this.dearest, cost)
  }

  done(): void {
    this.#calling--
  }

  /** How many samples this worker may have under way, of which it has `mine`; at least one, so that the last call can be refused. */
  calls({ budget, spent, running }: Money, mine: number): number {
    if (budget === null) return Infinity
    if (this.#dearest === null) return 1
    if (this.#dearest === 0) return Infinity
    return Math.max(1, Math.floor((budget - spent) / this.#dearest + ROUNDING) - (running - mine))
  }

  /** Whether one more call may be made now; after `go` it is under way until `done`. */
  ask({ budget, spent, running }: Money, mine: number): 'go' | 'later' | 'never' {
    const others = Math.max(0, running - mine) + this.#calling
    if (budget !== null) {
      if (spent >= budget || spent + this.dearest > budget + ROUNDING) return 'never'
      if (others > 0 && (this.#dearest === null || spent + this.dearest * (others + 1) > budget + ROUNDING)) return 'later'
    }
    this.#calling++
    return 'go'
  }
}
