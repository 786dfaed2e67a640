import type { Evidence } from '@/lib/captioner/types'
import type { Pick } from './chance'
import { largest, mainColours, type Findings, type Part } from './findings'
import { middle } from './geometry'
import { article, capital, list } from './nouns'
import { placeOf, relate } from './relations'
import type { Subject } from './subjects'
import { coreOf } from './write-short'

const FILLS = 0.55
const LARGE = 0.3
/** Groups whose middles lie further apart than this are spread out. */
const SPREAD = 0.5
const MOST_OTHERS = 6
const MOST_QUOTES = 4
const DIM = 60

const be = ({ plural }: { plural: boolean }) => (plural ? 'are' : 'is')
const where = (says: string, subject: Subject, box = subject.span): Evidence => ({ says, sort: 'relation', box, score: subject.main.score })

/** What can be said of the size or place of a subject, as a verb phrase; null when its boxes leave it open. */
function predicateOf(subject: Subject, pick: Pick): { says: string; place: string | null } | null {
  const { plural, amount, main, span } = subject
  if (amount.count === 1 && main.area >= FILLS) return { says: `${plural ? 'fill' : 'fills'} most of the frame`, place: null }
  if (amount.count === 1 && main.area >= LARGE) return { says: `${plural ? 'take' : 'takes'} up a large part of the frame`, place: null }
  const middles = subject.boxes.map((box) => middle(box)[0])
  if (amount.count > 1 && Math.max(...middles) - Math.min(...middles) > SPREAD) return { says: pick('spread', ['are spread across the frame', 'appear across the width of the frame']), place: null }
  const place = placeOf(span)
  return place ? { says: `${be(subject)} ${place}`, place } : null
}

function opening({ sight, subjects, setting, medium }: Findings, pick: Pick): { part: Part; said: readonly Subject[]; settingSaid: boolean } {
  const core = coreOf(subjects, { sideways: false })
  const [main] = subjects
  const predicate = predicateOf(main, pick)
  const usable = setting && !(setting.says.startsWith('on ') && / on /.test(core.text)) ? setting : null
  const evidence: Evidence[] = [...core.evidence, ...(usable?.evidence ?? [])]
  if (predicate) evidence.push(where(`${main.said} ${predicate.says}`, main))
  const front = usable ? `${capital(usable.says)}, ` : ''
  const end = usable ? `, ${usable.says}` : ''
  const say = (text: string, extra: readonly Evidence[] = []) => ({ part: { text: `${capital(text)}.`, evidence: [...evidence, ...extra] }, said: core.said, settingSaid: usable !== null })
  if (sight.blackAndWhite || !predicate) {
    const kind = sight.blackAndWhite || (!usable && core.said.length < 2) ? medium.text : pick('kind', ['', '', 'photo'])
    const tail = usable ? `${core.text.includes(', one with ') ? ',' : ''} ${usable.says}` : ''
    const what = kind ? `${article(kind)} ${kind} of ${core.text}${tail}` : `${core.text}${tail}`
    return say(sight.blackAndWhite && predicate ? `${what}: ${main.again} ${predicate.says}` : what, kind ? medium.evidence : [])
  }
  const coreText = core.text.includes(', one with ') ? `${core.text},` : core.text
  const plain = `${coreText} ${predicate.says}${end}`
  if (predicate.place) return say(pick('first', [plain, `${front}${coreText} ${predicate.says}`, `${predicate.place} ${be(main)} ${core.text}${end}`]))
  return say(pick('first', [plain, `${front}${coreText} ${predicate.says}`]))
}

const verb = (group: readonly Subject[]) => (group.length > 1 || group[0].plural ? 'are' : 'is')
const names = (group: readonly Subject[]) => list(group.map(({ said }) => said))
const grounds = (group: readonly Subject[], text: string) => group.flatMap((one) => [...one.evidence, where(text, one)])

/** `where` in the frame or to something already mentioned; undefined for what can only be said to be there. */
type Stated = { subject: Subject; where?: string; size?: string }

/** What can be said of each: size, relation to something mentioned before, place. Anchors come before what stands to them. */
function statements(rest: readonly Subject[], said: readonly Subject[], pick: Pick): Stated[] {
  const anchors = [...said]
  const taken = placeOf(said[0].span) // said of the main subject already
  return rest.map((subject): Stated => {
    const relations = anchors.flatMap((anchor) => {
      const relation = anchor.amount.count === 1 && !anchor.amount.more ? relate(subject, anchor) : null
      return relation && relation !== 'with' && relation !== 'wearing' ? [`${relation} ${anchor.again}`] : []
    })
    const own = subject.amount.more ? null : predicateOf(subject, pick)
    const predicate = own?.place && own.place === taken ? null : own
    if (relations.length || predicate) anchors.push(subject)
    if (relations.length) return { subject, where: relations[0] }
    return predicate?.place ? { subject, where: predicate.place } : { subject, size: predicate?.says }
  })
}

/** Sentences for everything that the opening left out. */
function others(all: readonly Subject[], said: readonly Subject[], pick: Pick): Part[] {
  const rest = all.filter((one) => !said.includes(one)).slice(0, MOST_OTHERS)
  // A table first: the things on it are told by it.
  const stated = statements(rest.toSorted((a, b) => Number(b.name === 'dining table') - Number(a.name === 'dining table')), said, pick)
  const clauses = [...Map.groupBy(stated.filter((one) => one.where ?? one.size), (one) => one.where ?? `${one.subject.name} ${one.size}`)].map(([key, group]): Part => {
    const subjects = group.map(({ subject }) => subject)
    const text = group[0].size ? `${names(subjects)} ${group[0].size}` : pick(key, [`${names(subjects)} ${verb(subjects)} ${key}`, `${key} ${verb(subjects)} ${names(subjects)}`, `${key} there ${verb(subjects)} ${names(subjects)}`])
    return { text, evidence: grounds(subjects, text) }
  })
  const parts: Part[] = []
  for (let i = 0; i < clauses.length; i += 2) {
    const pair = clauses.slice(i, i + 2)
    parts.push({ text: `${capital(pair.map(({ text }) => text).join(pick(`pair ${i}`, [', and ', ', while ', '. '] as const)))}.`.replace(/\. ([a-z])/g, (_, letter: string) => `. ${letter.toUpperCase()}`), evidence: pair.flatMap(({ evidence }) => evidence) })
  }
  const loose = stated.filter((one) => !one.where && !one.size).map(({ subject }) => subject)
  if (loose.length) parts.push({ text: pick('loose', [`${capital(names(loose))} can also be seen.`, `There ${verb(loose)} also ${names(loose)}.`, `Also visible ${verb(loose)} ${names(loose)}.`]), evidence: loose.flatMap((one) => one.evidence) })
  return parts
}

function surroundings({ regions, setting }: Findings, settingSaid: boolean, pick: Pick): Part[] {
  const parts: Part[] = []
  const saidAlready = settingSaid && setting ? setting.says : ''
  const left = regions.filter(({ said }) => !saidAlready.includes(said)).slice(0, 3)
  if (left.length) {
    const said = list(left.map((one) => one.said))
    const plural = left.length > 1 || left[0].plural
    const share = left.reduce((sum, one) => sum + one.share, 0)
    const text = share > 0.4
      ? pick('regions', [`${said} ${plural ? 'take' : 'takes'} up much of the rest`, `${said} ${plural ? 'make' : 'makes'} up much of the surroundings`, `much of the view is ${said}`])
      : pick('regions', [`${said} can be seen as well`, `${said} ${plural ? 'are' : 'is'} in view too`, `there ${plural ? 'are' : 'is'} also ${said}`])
    parts.push({ text: `${capital(text)}.`, evidence: left.map(({ evidence }) => evidence) })
  }
  if (setting && !settingSaid) parts.push({ text: `The scene is ${setting.says}.`, evidence: setting.evidence })
  return parts
}

function words({ quotes, sight }: Findings, pick: Pick): Part[] {
  const said = largest(quotes, MOST_QUOTES)
  if (!said.length) return []
  const quoted = list(said.map((quote) => quote.text))
  const many = quotes.length > MOST_QUOTES
  const count = sight.type === 'screenshot' && many ? `, among at least ${quotes.length} lines of text` : many ? ', among other text' : ''
  const text = said.length === 1
    ? pick('text', [`the text ${quoted} can be read`, `readable text: ${quoted}`, `lettering reads ${quoted}`])
    : pick('text', [`the texts ${quoted} can be read`, `readable text includes ${quoted}`, `lettering reads ${quoted}`])
  return [{ text: `${capital(text)}${count}.`, evidence: said.map((quote) => quote.evidence) }]
}

function look({ sight }: Findings, pick: Pick): Part[] {
  const colours = mainColours(sight, sight.type === 'photo' ? { one: 0.5, two: 0.68 } : { one: 0.45, two: 0.6 })
  const parts: Part[] = []
  if (sight.type === 'photo' && sight.brightness < DIM) parts.push({ text: pick('dim', ['The picture is dark overall.', 'Dark tones prevail.']), evidence: [{ says: 'dark', sort: 'colour', note: `mean brightness ${sight.brightness} of 255` }] })
  if (colours) {
    const two = colours.evidence.length > 1
    parts.push({ text: pick('colours', [`${capital(colours.text)} ${two ? 'dominate' : 'dominates'}.`, `Most of it is ${colours.text}.`, `The colours are mainly ${colours.text}.`]).replace('The colours are mainly', two ? 'The colours are mainly' : 'The main colour is'), evidence: colours.evidence })
  }
  return parts
}

/** Some sentences: the main subject first, then what else is there, the surroundings, text, colours. Null when there is nothing to say. */
export function writeDetailed(findings: Findings, pick: Pick): Part | null {
  const { sight, subjects, quotes, medium } = findings
  if (!subjects.length && !quotes.length) return null
  const parts: Part[] = []
  if (sight.type === 'photo' && subjects.length) {
    const { part, said, settingSaid } = opening(findings, pick)
    parts.push(part, ...others(subjects, said, pick), ...surroundings(findings, settingSaid, pick))
  } else {
    const shown = names(subjects.slice(0, MOST_OTHERS))
    const kind = `${article(medium.text)} ${medium.text}`
    parts.push({ text: `${capital(kind)}${shown ? ` showing ${shown}` : sight.type === 'photo' ? '; no known object recognised' : ''}.`, evidence: [...medium.evidence, ...subjects.slice(0, MOST_OTHERS).flatMap((one) => one.evidence)] })
  }
  parts.push(...words(findings, pick), ...look(findings, pick))
  return { text: parts.map(({ text }) => text).join(' '), evidence: parts.flatMap(({ evidence }) => evidence) }
}
