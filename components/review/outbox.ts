import { z } from 'zod'

const Reasons = z.array(z.string().max(40)).max(10)
const Deed = z.discriminatedUnion('on', [
  z.object({ on: z.literal('caption'), caption: z.number().int(), decision: z.enum(['approve', 'reject', 'edit', 'clear']), reasons: Reasons, note: z.string().max(4000), text: z.string().max(200_000).optional(), version: z.number().int() }),
  z.object({ on: z.literal('sample'), decision: z.enum(['keep', 'drop', 'flag', 'unflag']), reasons: Reasons, version: z.number().int().optional() }),
])
/** What a person decided. */
export type Deed = z.infer<typeof Deed>

/** How things stood before a deed: what an undo shows at once. */
const Before = z.object({ standing: z.string().nullable(), dropped: z.boolean(), flagged: z.boolean() })
export type Before = z.infer<typeof Before>

export const Entry = z.object({
  token: z.string().min(8).max(100),
  /** ms since 1970, for the order of sending */
  at: z.number(),
  dataset: z.string(),
  key: z.string(),
  sampleId: z.number().int(),
  reviewer: z.string().min(1).max(80),
  deed: Deed,
  before: Before,
  /** takes back (`undo`) or puts back (`redo`) the deed that was sent under another token, instead of doing it */
  turn: z.object({ way: z.enum(['undo', 'redo']), of: z.string(), verdict: z.number().int().nullable() }).nullable(),
  state: z.enum(['waiting', 'conflict', 'refused']),
  /** a tab began to send it: the server may have it */
  out: z.boolean().default(false),
  tries: z.number().int().min(0),
  /** ms since 1970; not sent again before */
  retryAt: z.number(),
  why: z.string(),
  /** how the caption stands on the server, where it changed meanwhile */
  present: z.object({ version: z.number().int(), standing: z.string(), says: z.string() }).nullable(),
})
export type Entry = z.infer<typeof Entry>

/** Reads what a browser kept; anything that is not an entry is nothing. */
export function parseEntry(text: string | null): Entry | null {
  try {
    const parsed = Entry.safeParse(JSON.parse(text ?? ''))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

export const inOrder = (entries: readonly Entry[]): Entry[] => [...entries].sort((a, b) => a.at - b.at || (a.token < b.token ? -1 : 1))

const FIRST_WAIT = 500
const LONGEST_WAIT = 15_000
/** How long to wait before the next try, in ms. */
export const backoff = (tries: number): number => Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.max(0, tries - 1))

/** The next entry to send: the oldest that waits, whose time has come, and before which nothing about its sample is open. */
export function nextToSend(entries: readonly Entry[], now: number): Entry | undefined {
  const open = new Set<number>()
  for (const entry of inOrder(entries)) {
    const free = !open.has(entry.sampleId) && entry.state === 'waiting' && entry.retryAt <= now
    if (free) return entry
    // What the server refused never happened: what came later does not rest on it.
    if (entry.state !== 'refused') open.add(entry.sampleId)
  }
  return undefined
}

/** When something may be sent next, ms since 1970; undefined when nothing waits. */
export const nextTime = (entries: readonly Entry[]): number | undefined => {
  const times = entries.filter((entry) => entry.state === 'waiting').map((entry) => entry.retryAt)
  return times.length ? Math.min(...times) : undefined
}

export type Change =
  | { is: 'add'; entry: Entry }
  | { is: 'out'; token: string }
  | { is: 'sent'; token: string; verdict: number }
  | { is: 'unreached'; token: string; why: string; now: number }
  | { is: 'conflict'; token: string; why: string; present: Entry['present'] }
  | { is: 'refused'; token: string; why: string }
  | { is: 'mine'; token: string }
  | { is: 'discard'; token: string }
  | { is: 'again' }
  | { is: 'load'; entries: readonly Entry[] }

/** What a browser still has to tell the server, after something happened. */
export function outbox(entries: readonly Entry[], change: Change): Entry[] {
  const one = (token: string, patch: (entry: Entry) => Entry) => entries.map((entry) => (entry.token === token ? patch(entry) : entry))
  switch (change.is) {
    case 'add':
      return [...entries.filter((entry) => entry.token !== change.entry.token), change.entry]
    case 'out':
      return one(change.token, (entry) => (entry.out ? entry : { ...entry, out: true }))
    case 'sent':
      return entries.filter((entry) => entry.token !== change.token).map((entry) => (entry.turn?.of === change.token ? { ...entry, turn: { ...entry.turn, verdict: change.verdict } } : entry))
    case 'unreached': {
      const tries = (entries.find((entry) => entry.token === change.token)?.tries ?? 0) + 1
      const retryAt = change.now + backoff(tries)
      // The server cannot be reached: nothing else is tried before.
      return entries.map((entry) => (entry.state !== 'waiting' ? entry : { ...entry, retryAt, ...(entry.token === change.token ? { tries, why: change.why } : {}) }))
    }
    case 'conflict':
      return one(change.token, (entry) => ({ ...entry, state: 'conflict', why: change.why, present: change.present }))
    case 'refused':
      return one(change.token, (entry) => ({ ...entry, state: 'refused' as const, why: change.why })).filter((entry) => entry.turn?.of !== change.token)
    case 'mine':
      return one(change.token, (entry) => ({ ...entry, state: 'waiting', out: false, why: '', retryAt: 0, present: null, deed: entry.present ? { ...entry.deed, version: entry.present.version } : entry.deed }))
    case 'discard':
      // What turned a deed that never happened has nothing to turn.
      return entries.filter((entry) => entry.token !== change.token && entry.turn?.of !== change.token)
    case 'again':
      return entries.map((entry) => (entry.state === 'waiting' ? { ...entry, retryAt: 0 } : entry))
    case 'load':
      return [...change.entries]
  }
}

/** The deed that an entry turns, as it was sent: sent again under its own token it only tells its number. */
export const deedOf = (entry: Entry): Entry => ({ ...entry, token: entry.turn?.of ?? entry.token, turn: null })

/** The door an entry goes through, and what is sent. `version`: the newest the browser knows from its own decisions. */
export function requestOf(entry: Entry, version: number | undefined): { path: string; body: Record<string, unknown> } {
  const { deed, reviewer, token, turn } = entry
  if (turn && turn.verdict !== null) return { path: `/api/v1/verdicts/${turn.verdict}/${turn.way}`, body: { reviewer, token } }
  const seen = deed.version === undefined ? undefined : Math.max(deed.version, version ?? 0)
  if (deed.on === 'caption') return { path: `/api/v1/captions/${deed.caption}/verdicts`, body: { decision: deed.decision, reasons: deed.reasons, note: deed.note, ...(deed.text === undefined ? {} : { text: deed.text }), reviewer, token, version: seen } }
  return { path: `/api/v1/datasets/${encodeURIComponent(entry.dataset)}/samples/${encodeURIComponent(entry.key)}/verdicts`, body: { decision: deed.decision, reasons: deed.reasons, reviewer, token, ...(seen === undefined ? {} : { version: seen }) } }
}
