import { contained, middle } from './geometry'
import type { Box } from './sight'
import type { Subject } from './subjects'

const words = (text: string) => new Set(text.split(','))
const ON_TABLES = words('bottle,wine glass,cup,fork,knife,spoon,bowl,banana,apple,sandwich,orange,broccoli,carrot,hot dog,pizza,donut,cake,vase,laptop,keyboard,mouse,book,cell phone,remote,scissors,potted plant')
const ON_SEATS = words('cat,dog,teddy bear,laptop,book,remote,cell phone,handbag,backpack,suitcase')
const SEATS = words('chair,couch,bench,bed')
const MOUNTS = words('horse,elephant,motorcycle,bicycle')
const BOARDS = words('skateboard,surfboard,snowboard')
const CARRIED = words('backpack,handbag,suitcase,tennis racket,baseball bat,baseball glove,cell phone,frisbee,kite,remote,cup,bottle,wine glass,book,sports ball,laptop,toothbrush,banana,sandwich,hot dog,donut,pizza,cake,umbrella,teddy bear,bicycle,dog,cat,skateboard,surfboard,snowboard')

const width = (b: Box) => b[2] - b[0]
const height = (b: Box) => b[3] - b[1]
const shared = (from: number, to: number, other: number, otherTo: number) => Math.max(0, Math.min(to, otherTo) - Math.max(from, other))
const sharedX = (a: Box, b: Box) => shared(a[0], a[2], b[0], b[2]) / Math.max(1e-9, Math.min(width(a), width(b)))
const sharedY = (a: Box, b: Box) => shared(a[1], a[3], b[1], b[3]) / Math.max(1e-9, Math.min(height(a), height(b)))

/** A preposition that puts `a` in relation to `b`, where their boxes leave little doubt. */
export type Relation = 'on' | 'in' | 'at' | 'under' | 'with' | 'wearing' | 'beside' | 'to the left of' | 'to the right of'

function ofPerson(a: Box, name: string, b: Box): Relation | null {
  const isNear = contained(a, b) > 0.3
  if (MOUNTS.has(name) && sharedX(a, b) > 0.6 && middle(a)[1] < middle(b)[1] && a[3] > b[1] + 0.25 * height(b) && a[1] < b[1] && a[3] < b[3] + 0.05) return 'on'
  if (name === 'skis') return sharedX(a, b) > 0.4 && Math.abs(b[3] - a[3]) < 0.35 * height(a) ? 'on' : null
  if (BOARDS.has(name) && middle(b)[1] > a[1] + 0.8 * height(a) && sharedX(a, b) > 0.5) return 'on'
  if (name === 'tie') return contained(a, b) > 0.85 ? 'wearing' : null
  if (name === 'umbrella' && sharedX(a, b) > 0.6 && b[1] < a[1] + 0.1 * height(a) && middle(b)[1] < a[1] + 0.35 * height(a)) return 'under'
  if (SEATS.has(name)) return contained(a, b) > 0.5 && a[3] > middle(b)[1] && a[1] < middle(b)[1] ? 'on' : null
  if (name === 'dining table') return contained(a, b) > 0.12 && middle(b)[1] > middle(a)[1] && sharedX(a, b) > 0.5 ? 'at' : null
  if (name === 'boat') return contained(a, b) > 0.6 && width(a) < width(b) ? 'in' : null
  return CARRIED.has(name) && isNear ? 'with' : null
}

function ofThing(aName: string, a: Box, bName: string, b: Box): Relation | null {
  const foot: Box = [middle(a)[0], a[3], middle(a)[0], a[3]]
  const footIn = foot[0] > b[0] && foot[0] < b[2] && foot[1] > b[1] && foot[1] < b[3] + 0.03
  if (bName === 'dining table' && ON_TABLES.has(aName) && footIn) return 'on'
  if (SEATS.has(bName) && ON_SEATS.has(aName) && contained(a, b) > 0.75 && width(a) < width(b) && footIn) return 'on'
  return null
}

/** To the side only when the boxes hardly share a column and share most of their rows. */
function sideways(a: Box, b: Box): Relation | null {
  if (sharedX(a, b) > 0.1 || sharedY(a, b) < 0.4) return null
  const isLeft = middle(a)[0] < middle(b)[0]
  const gap = isLeft ? b[0] - a[2] : a[0] - b[2]
  if (gap < 0.08) return 'beside'
  return Math.abs(middle(a)[0] - middle(b)[0]) > 0.25 ? (isLeft ? 'to the left of' : 'to the right of') : null
}

/**
 * How `a` stands to `b`. Things said of several need to hold for each of them, except "with".
 * Null where boxes alone cannot say it.
 */
export function relate(a: Subject, b: Subject): Relation | null {
  const each = (check: (one: Box) => Relation | null): Relation | null => {
    const found = a.boxes.map(check)
    if (found.some((one) => one === 'with')) return 'with'
    return found.every((one) => one !== null && one === found[0]) ? found[0] : null
  }
  if (b.amount.count > 1 || b.amount.more) return a.name === 'person' && b.name === 'skis' ? each((one) => ofPerson(one, b.name, b.main.box)) : null
  const close = each((one) => (a.name === 'person' ? ofPerson(one, b.name, b.main.box) : ofThing(a.name, one, b.name, b.main.box)))
  return close ?? (a.amount.count === 1 && !a.amount.more ? sideways(a.main.box, b.main.box) : null)
}

/** Where a box is, said only with a wide margin; null in between. */
export function placeOf(box: Box): string | null {
  const [x, y] = middle(box)
  const side = x < 0.3 ? 'left' : x > 0.7 ? 'right' : null
  const level = y < 0.28 ? 'upper' : y > 0.74 ? 'lower' : null
  if (side && level) return `in the ${level} ${side}`
  if (side) return `on the ${side}`
  if (level) return level === 'upper' ? 'near the top' : 'near the bottom'
  return Math.abs(x - 0.5) < 0.12 && Math.abs(y - 0.5) < 0.16 ? 'in the middle' : null
}
