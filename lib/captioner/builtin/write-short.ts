import type { Pick } from './chance'
import { largest, mainColours, type Findings, type Part } from './findings'
import { unionBox } from './geometry'
import { article, list } from './nouns'
import { relate, type Relation } from './relations'
import type { Subject } from './subjects'

const SIDEWAYS: readonly Relation[] = ['beside', 'to the left of', 'to the right of']
/** What is less striking than this share of the main subject is left out of a short caption. */
const WORTH_SAYING = 0.35
/** From this share of the picture on, one thing is all there is to see. */
const CLOSE = 0.55

/** "a person on a bench", with the grounds for all of it. */
export type Core = Part & { said: readonly Subject[] }

/** The main subject and what it stands in relation to. */
export function coreOf(subjects: readonly Subject[], { sideways }: { sideways: boolean }): Core {
  const [main, ...others] = subjects
  const related = others
    .flatMap((other) => {
      const relation = relate(main, other)
      return relation && (sideways || !SIDEWAYS.includes(relation)) ? [{ other, relation, weight: other.salience * (SIDEWAYS.includes(relation) ? 0.5 : 1) }] : []
    })
    .filter(({ relation, other }) => !SIDEWAYS.includes(relation) || other.salience > main.salience * WORTH_SAYING)
    .sort((a, b) => b.weight - a.weight)
  if (!related.length) return { text: main.said, evidence: main.evidence, said: [main] }
  const [{ other, relation }] = related
  const text = main.amount.count > 1 && relation === 'with' ? `${main.said}, one with ${other.said}` : `${main.said} ${relation} ${other.said}`
  const score = Math.min(main.main.score, other.main.score)
  return { text, said: [main, other], evidence: [...main.evidence, ...other.evidence, { says: text, sort: 'relation', box: unionBox([main.main.box, other.main.box]), score }] }
}

const joins = (core: string, setting: string) => !(setting.startsWith('on ') && / on /.test(core))

/** A drawing or a page: its text speaks for it. */
function drawn({ sight, subjects, quotes, medium }: Findings, pick: Pick): Part {
  const kind = `${article(medium.text)} ${medium.text}`
  const evidence = [...medium.evidence]
  const shown = subjects.slice(0, 2)
  let text = kind
  if (shown.length) {
    text += ` showing ${list(shown.map(({ said }) => said))}`
    evidence.push(...shown.flatMap((one) => one.evidence))
  }
  const words = largest(quotes, sight.type === 'screenshot' ? 2 : 1)
  if (words.length) {
    text += ` ${pick('drawn', ['with the text', 'reading', 'with the words'])} ${list(words.map((quote) => quote.text))}`
    evidence.push(...words.map((quote) => quote.evidence))
  } else {
    const colours = mainColours(sight, { one: 0.4, two: 0.5 })
    if (colours) {
      text += ` in ${colours.text}`
      evidence.push(...colours.evidence)
    }
  }
  return { text, evidence }
}

/** One lower-case phrase, as DALL·E 3's short captions: the main subject and where it is. Null when there is nothing to say. */
export function writeShort(findings: Findings, pick: Pick): Part | null {
  const { sight, subjects, setting, quotes, medium } = findings
  if (!subjects.length && !quotes.length) return null
  if (sight.type !== 'photo') return drawn(findings, pick)
  const kind = `${article(medium.text)} ${medium.text}`
  if (!subjects.length) {
    const words = largest(quotes, 2)
    return { text: `${kind} ${pick('words', ['with the text', 'with the words', 'in which one can read'])} ${list(words.map((quote) => quote.text))}`, evidence: [...medium.evidence, ...words.map((quote) => quote.evidence)] }
  }
  const striking = subjects.slice(1).filter((one) => one.salience > subjects[0].salience * WORTH_SAYING)
  const core = coreOf(subjects, { sideways: striking.length < 2 })
  const evidence = [...core.evidence]
  let { text } = core
  const next = striking.filter((one) => !core.said.includes(one)).slice(0, core.said.length > 1 ? 1 : 2)
  if (next.length) {
    const names = next.map(({ said }) => said)
    text = core.said.length > 1 ? `${text}, ${pick('next', [`with ${list(names)} in view`, `along with ${list(names)}`])}` : list([text, ...names])
    evidence.push(...next.flatMap((one) => one.evidence))
  }
  const stop = quotes.find((quote) => subjects[0].name === 'stop sign' && quote.text.toLowerCase() === '"stop"')
  if (setting && joins(text, setting.says)) {
    text += `${text.includes(',') && core.said.length > 1 ? ', ' : ' '}${setting.says}`
    evidence.push(...setting.evidence)
  } else if (!stop && quotes.length && !next.length) {
    const [words] = largest(quotes, 1)
    text += `, with the text ${words.text}`
    evidence.push(words.evidence)
  }
  if (sight.blackAndWhite) return { text: `${kind} of ${text}`, evidence: [...medium.evidence, ...evidence] }
  const opening = core.said.length === 1 && !next.length && subjects[0].amount.count === 1 && subjects[0].area > CLOSE ? pick('opening', ['a close view of ', '']) : pick('opening', ['', '', '', '', 'a photo of '])
  if (opening.includes('photo')) evidence.unshift(...medium.evidence)
  return { text: opening + text, evidence }
}
