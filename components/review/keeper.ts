import { z } from 'zod'
import { ApiError, post } from '../api'
import { clockTime } from '../ui/time'
import { deedOf, inOrder, nextTime, nextToSend, outbox, parseEntry, requestOf, type Change, type Entry } from './outbox'
import type { Decided } from '@/lib/review/store'

const PREFIX = 'recaption.outbox.'
const LOCK = 'recaption.outbox'
/** A server that takes longer is asked again, ms; a repeat is harmless by its token. */
const LONGEST_ANSWER = 25_000
const Present = z.object({ version: z.number(), standing: z.string().optional(), dropped: z.boolean().optional() })
/** What one tab tells the others once the server has a decision. */
const News = z.object({ key: z.string(), token: z.string(), verdict: z.number().int() })
const Latest = z.object({ reviewer: z.string(), decision: z.string(), createdAt: z.string() })

export type Outcome = { entry: Entry; decided: Decided }
type Listen = () => void
type Told = { sent: (outcome: Outcome) => void; sentElsewhere: (news: z.infer<typeof News>) => void; /** it had been turned already */ turned: (entry: Entry) => void; refused: (token: string) => void }

/** What changed, in words: "Ada rejected this at 09:14 UTC", as the history of a sample tells time. */
export function conflictOf(detail: Record<string, unknown> | undefined): Entry['present'] {
  const present = Present.safeParse(detail?.present)
  if (!present.success) return null
  const latest = Latest.safeParse(detail?.latest)
  const standing = present.data.standing ?? (present.data.dropped ? 'dropped' : 'kept')
  const verb: Record<string, string> = { approve: 'approved', reject: 'rejected', edit: 'edited', clear: 'cleared', flag: 'flagged', unflag: 'unflagged', undo: 'took back a decision on' }
  const says = latest.success ? `${latest.data.reviewer} ${verb[latest.data.decision] ?? latest.data.decision} this at ${clockTime(latest.data.createdAt)} UTC` : `This is ${standing} now`
  return { version: present.data.version, standing, says }
}

/**
 * Keeps the decisions of one dataset in the browser until the server has them, each under a key of its own, so that two
 * tabs never write over each other. One tab sends at a time; an entry sent twice is harmless by its token.
 */
export class Keeper {
  #entries: Entry[] = []
  #listeners = new Set<Listen>()
  #versions = new Map<string, number>()
  /** the verdicts of what was sent, by token: an undo may be asked for before the screen heard of its verdict */
  #verdicts = new Map<string, number>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #running = false
  #sending: string | null = null
  #channel: BroadcastChannel | undefined
  /** the browser refused to keep something: it would be lost with the tab */
  unkept = false

  #told: Told | undefined

  constructor(readonly dataset: string) {}

  /** Begins to listen and to send; returns how to stop. */
  open(told: Told): () => void {
    this.#told = told
    this.#load()
    const stored = (event: StorageEvent) => event.key?.startsWith(this.#prefix) && (this.#load(), this.#go())
    const online = () => this.again()
    window.addEventListener('storage', stored)
    window.addEventListener('online', online)
    this.#channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(this.#prefix)
    this.#channel?.addEventListener('message', (event: MessageEvent<unknown>) => this.#hear(News.safeParse(event.data)))
    this.#go()
    return () => {
      window.removeEventListener('storage', stored)
      window.removeEventListener('online', online)
      this.#channel?.close()
      clearTimeout(this.#timer)
    }
  }

  readonly subscribe = (listen: Listen) => {
    this.#listeners.add(listen)
    return () => void this.#listeners.delete(listen)
  }
  readonly entries = (): readonly Entry[] => this.#entries

  add(entry: Entry) {
    const { turn } = entry
    this.#change({ is: 'add', entry: turn ? { ...entry, turn: { ...turn, verdict: turn.verdict ?? this.#verdicts.get(turn.of) ?? null } } : entry })
    this.#go()
  }

  /** Takes an entry back that was never sent; false when it may have reached the server. */
  withdraw(token: string): boolean {
    if (!this.unkept) this.#load()
    const entry = this.#entries.find((one) => one.token === token)
    if (!entry || entry.token === this.#sending || (entry.state === 'waiting' && entry.out)) return false
    this.discard(token)
    return true
  }
  discard(token: string) {
    this.#change({ is: 'discard', token })
    this.#go()
  }
  keepMine(token: string) {
    this.#change({ is: 'mine', token })
    this.#go()
  }
  again() {
    this.#change({ is: 'again' })
    this.#go()
  }

  #hear(news: z.ZodSafeParseResult<z.infer<typeof News>>) {
    if (!news.success) return
    this.#verdicts.set(news.data.token, news.data.verdict)
    this.#told?.sentElsewhere(news.data)
    this.#change({ is: 'sent', token: news.data.token, verdict: news.data.verdict })
    this.#go()
  }

  get #prefix() {
    return `${PREFIX}${encodeURIComponent(this.dataset)}.`
  }

  #load() {
    const kept = this.#stored()
    const unkept = this.unkept ? this.#entries.filter((entry) => !kept.some((one) => one.token === entry.token)) : []
    this.#change({ is: 'load', entries: inOrder([...kept, ...unkept]) })
  }

  #stored(): Entry[] {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix)).flatMap((key) => parseEntry(localStorage.getItem(key)) ?? [])
    } catch {
      return []
    }
  }

  #change(change: Change) {
    const before = this.#entries
    this.#entries = outbox(before, change)
    if (change.is !== 'load') this.#keep(before)
    // That it is on its way shows nowhere.
    if (change.is !== 'out') for (const listen of this.#listeners) listen()
  }

  #keep(before: readonly Entry[]) {
    try {
      for (const entry of this.#entries) if (!before.includes(entry)) localStorage.setItem(this.#prefix + entry.token, JSON.stringify(entry))
      for (const entry of before) if (!this.#entries.some((one) => one.token === entry.token)) localStorage.removeItem(this.#prefix + entry.token)
    } catch {
      this.unkept = true
    }
  }

  #go() {
    if (this.#running) return
    const at = nextTime(this.#entries)
    clearTimeout(this.#timer)
    if (at === undefined) return
    this.#timer = setTimeout(() => void this.#run(), Math.max(0, at - Date.now()))
  }

  async #run() {
    if (this.#running) return
    this.#running = true
    const send = async () => {
      for (let next = this.#next(); next; next = this.#next()) await this.#send(next)
    }
    try {
      await ('locks' in navigator ? navigator.locks.request(LOCK, send) : send())
    } finally {
      this.#running = false
      this.#sending = null
      if (nextToSend(this.#entries, Infinity)) this.#go()
    }
  }

  /** Another tab may have sent it while this one waited for its turn. */
  #next(): Entry | undefined {
    if (!this.unkept) this.#load()
    return nextToSend(this.#entries, Date.now())
  }

  /** An undo or redo whose deed is not known by number yet sends the deed once more, which tells it. */
  #ready(entry: Entry): Entry {
    const { turn } = entry
    if (!turn || turn.verdict !== null) return entry
    const verdict = this.#verdicts.get(turn.of)
    return verdict === undefined ? deedOf(entry) : { ...entry, turn: { ...turn, verdict } }
  }

  async #send(next: Entry) {
    this.#sending = next.token
    this.#change({ is: 'out', token: next.token })
    const entry = this.#ready(next)
    const { deed, turn } = entry
    const { path, body } = requestOf(entry, this.#versions.get(deed.on === 'caption' ? `c${deed.caption}` : `s${entry.sampleId}`))
    try {
      const decided = await post<Decided>(path, body, AbortSignal.timeout(LONGEST_ANSWER))
      for (const caption of [decided.caption, decided.made]) if (caption) this.#versions.set(`c${caption.id}`, caption.version)
      this.#versions.set(`s${decided.sample.id}`, decided.sample.version)
      this.#verdicts.set(entry.token, decided.verdict.id)
      this.#told?.sent({ entry, decided })
      this.#change({ is: 'sent', token: entry.token, verdict: decided.verdict.id })
      this.#channel?.postMessage({ key: entry.key, token: entry.token, verdict: decided.verdict.id })
    } catch (error) {
      this.#sending = null
      if (!(error instanceof ApiError) || error.status >= 500 || error.status === 429) this.#change({ is: 'unreached', token: next.token, why: error instanceof ApiError ? error.message : 'The server does not answer.', now: Date.now() })
      else if (error.status === 409 && turn) {
        // Another window of this person was quicker: it is as it was to be.
        this.#told?.turned(next)
        this.#change({ is: 'discard', token: next.token })
      } else if (error.status === 409 && !next.turn) this.#change({ is: 'conflict', token: next.token, why: error.message, present: conflictOf(error.detail) })
      else this.#refuse(next, error)
    }
  }

  #refuse(entry: Entry, error: ApiError) {
    this.#told?.refused(entry.token)
    this.#change({ is: 'refused', token: entry.token, why: error.message })
  }
}
