import type { PlanInterval, RunStatus, SkipReason } from '@/lib/recaption/schema'
import { formatCount } from '../ui/numbers'

/** Money in dollars: cents, and for less than a cent two figures that say something. */
export function formatMoney(value: number): string {
  if (value === 0 || value >= 0.01) return `$${value.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
  return `$${value.toFixed(Math.min(8, 1 - Math.floor(Math.log10(value))))}`
}

/** What stands in for a price until one is typed. */
export const knownPrice = (price: number | null | undefined): string => (price === null || price === undefined ? 'unknown' : String(price))

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400
/** "4 s", "3 min", "1 h 20 min", "2.5 days". */
export function formatDuration(seconds: number): string {
  if (seconds < 1) return seconds === 0 ? '0 s' : 'under 1 s'
  if (seconds < 90) return `${Math.round(seconds)} s`
  if (seconds < HOUR) return `${Math.round(seconds / MINUTE)} min`
  if (seconds >= 2 * DAY) return `${(seconds / DAY).toFixed(1)} days`
  const minutes = Math.round(seconds / MINUTE)
  return `${Math.floor(minutes / 60)} h${minutes % 60 ? ` ${minutes % 60} min` : ''}`
}

/** "3 min to 5 min"; one value where both ends read alike. */
export function formatInterval({ low, high }: PlanInterval, format: (value: number) => string): string {
  const [from, to] = [format(low), format(high)]
  return from === to ? from : `${from} to ${to}`
}

/** Samples a minute, in the unit that has figures before the point. */
export const formatRate = (perMinute: number): string => (perMinute >= 60 ? `${(perMinute / 60).toFixed(1)}/s` : `${perMinute >= 10 ? formatCount(perMinute) : perMinute.toFixed(1)}/min`)

export const SKIPPED: Record<SkipReason, string> = {
  human: 'a person wrote the caption',
  done: 'already done by this recipe version and model',
  dropped: 'dropped from the data',
  'no-alt': 'no alt text to work from',
  'no-caption': 'no caption to work from',
  cancelled: 'not begun when the run was cancelled',
}

const CAUSES: Record<string, string> = {
  rate: 'Too many requests',
  quota: 'Quota used up',
  auth: 'Key not accepted',
  server: 'The endpoint failed',
  timeout: 'No answer in time',
  connection: 'Not reachable',
  'not-json': 'Answer was not JSON',
  malformed: 'Answer had the wrong shape',
  empty: 'Answer was empty',
  length: 'Tokens ran out',
  filtered: 'Content filter',
  refusal: 'The model refused',
  'too-large': 'Answer too large',
  redirect: 'Sent on to another address',
  request: 'Request not taken',
  'not-accepted': 'Answer was no caption',
  picture: 'Picture cannot be read',
  missing: 'No picture',
  'no-caption': 'No caption to mend',
  crash: 'The worker ended',
  gone: 'Sample is gone',
  internal: 'Something broke',
}
/** A failure's stored code in words; one that is not known stands for itself. */
export const causeWords = (code: string): string => CAUSES[code] ?? code

export const STATUS: Record<RunStatus, string> = { pending: 'preparing', running: 'running', paused: 'paused', done: 'done', cancelled: 'cancelled', failed: 'failed' }
export const isOver = (status: RunStatus): boolean => ['done', 'cancelled', 'failed'].includes(status)
