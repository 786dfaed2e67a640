/** A call was not made: the signal was aborted, the run is held, or it may be made `waitMs` later. */
export class Stopped extends Error {
  constructor(readonly waitMs = 0) {
    super()
  }
}

/** ms of the first pause after a word of too much, and of the longest */
const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 60_000

/**
 * How many calls of one captioner are under way in this process. It begins at the asked number, halves when the endpoint
 * says that it is too much (once for all calls that were under way then), and grows by one for each full round that went well.
 */
export class Limiter {
  #limit: number
  #max: number
  #active = 0
  #good = 0
  #lastHalved = -Infinity
  #pause = 0
  #lastAway = -Infinity
  #lastWell = -Infinity
  #waiting: (() => void)[] = []

  constructor(max: number) {
    this.#limit = max
    this.#max = max
  }

  get limit() {
    return this.#limit
  }
  get active() {
    return this.#active
  }

  /** Another run asks for another number; an adapted limit stays below it. */
  ask(max: number) {
    if (max === this.#max) return
    this.#limit = this.#limit < this.#max ? Math.min(this.#limit, max) : max
    this.#max = max
    this.#admit()
  }

  /** Waits for a place; the answer gives it back. */
  async place(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) throw new Stopped()
    if (this.#active >= this.#limit || this.#waiting.length > 0) {
      await new Promise<void>((resolve, reject) => {
        const stop = () => {
          this.#waiting = this.#waiting.filter((one) => one !== admit)
          reject(new Stopped())
        }
        const admit = () => {
          signal.removeEventListener('abort', stop)
          resolve()
        }
        signal.addEventListener('abort', stop, { once: true })
        this.#waiting.push(admit)
      })
    } else this.#active++
    let given = false
    return () => {
      if (given) return
      given = true
      this.#active--
      this.#admit()
    }
  }

  #admit() {
    while (this.#active < this.#limit && this.#waiting.length > 0) {
      this.#active++
      this.#waiting.shift()?.()
    }
  }

  /** Whether a call went well since then: whoever failed meanwhile failed alone. */
  wellSince = (time: number): boolean => this.#lastWell >= time

  /** Nothing went well for about two minutes: the pauses do not grow any more. */
  get long(): boolean {
    return this.#pause === LONGEST_PAUSE_MS
  }

  well(now = Date.now()) {
    this.#lastWell = now
    this.#pause = 0
    if (this.#limit >= this.#max || ++this.#good < this.#limit) return
    this.#good = 0
    this.#limit++
    this.#admit()
  }

  /**
   * The endpoint said "too many". `startedAt`: when that call began; calls begun before the last halving say nothing new.
   * Answers with the ms for which nobody should call when the endpoint itself names no time: doubling until a call goes well.
   */
  tooMany(startedAt: number, now: number): number {
    this.#good = 0
    if (startedAt < this.#lastHalved) return this.#pause
    this.#lastHalved = now
    this.#limit = Math.max(1, Math.floor(this.#limit / 2))
    return this.away(startedAt, now)
  }

  /** The endpoint did not answer at all. The pause is that of `tooMany`, but as many may call again. */
  away(startedAt: number, now: number): number {
    if (startedAt < this.#lastAway) return this.#pause
    this.#lastAway = now
    this.#pause = Math.min(LONGEST_PAUSE_MS, this.#pause === 0 ? FIRST_PAUSE_MS : this.#pause * 2)
    return this.#pause
  }
}

/**
 * Opens when the last `size` calls failed alike. Calls that were already under way at the first failure are one event: a
 * hiccup of a second under 32 calls is not a broken endpoint.
 */
export class Breaker {
  #code = ''
  #since = 0
  #items = new Set<number>()
  #count = 0
  constructor(readonly size = 20) {}

  well() {
    this.#code = ''
    this.#count = 0
    this.#items.clear()
  }

  /** Tells of a failed call; answers with the items concerned once it opens. */
  failed(input: { code: string; item: number; startedAt: number; now: number }): readonly number[] | null {
    if (input.code !== this.#code) {
      this.well()
      this.#code = input.code
      this.#since = input.now
    }
    this.#items.add(input.item)
    if (this.#count > 0 && input.startedAt < this.#since) return null
    this.#count++
    if (this.#count < this.size) return null
    const items = [...this.#items]
    this.well()
    return items
  }
}

type Voice = { limiter: Limiter; breaker: Breaker }
const voices = new Map<string, Voice>()

/** The limiter and breaker of a captioner: one pair a process, whatever run calls it. */
export function voiceOf(captioner: string, concurrency: number): Voice {
  const voice = voices.get(captioner) ?? { limiter: new Limiter(concurrency), breaker: new Breaker() }
  voices.set(captioner, voice)
  voice.limiter.ask(concurrency)
  return voice
}
