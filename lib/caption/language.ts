import { wordsOf } from './words'

/** Letters in which a language is written; languages not listed are written in Latin letters. */
const SCRIPTS: Readonly<Record<string, readonly string[]>> = {
  ru: ['Cyrillic'], uk: ['Cyrillic'], bg: ['Cyrillic'], sr: ['Cyrillic', 'Latin'], el: ['Greek'], he: ['Hebrew'], ar: ['Arabic'], fa: ['Arabic'], ur: ['Arabic'], hi: ['Devanagari'],
  bn: ['Bengali'], ta: ['Tamil'], te: ['Telugu'], th: ['Thai'], ka: ['Georgian'], hy: ['Armenian'], zh: ['Han'], ja: ['Han', 'Hiragana', 'Katakana'], ko: ['Hangul', 'Han'],
}
const KNOWN = [...new Set(['Latin', ...Object.values(SCRIPTS).flat()])].map((name) => ({ name, pattern: new RegExp(`\\p{Script=${name}}`, 'gu') }))

/** Frequent small words that languages do not share (no "de", "la", "in", "an", "die": names and other languages use them). */
const SMALL: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries({
    en: 'the and of with is are was on at his her their its this that from by for to a an in over near while who which',
    fr: 'le les un une et est dans avec sur pour qui des du au aux il elle sont ses ce cette sous devant pas',
    de: 'der das ein eine einen einem einer und ist mit auf für von im dem den zu sind am vor nicht auch ihre sein über',
    es: 'el los las un una y es en con por para que del al su sus está están sobre como muy junto pero',
    it: 'il gli un una e è con per che di del della dello nel nella sul sulla sono suo sua ed alla davanti',
    pt: 'o os as um uma e é em com por para que do da dos das no na seu sua está estão ao sobre não',
    nl: 'de het een en is op met van voor in zijn aan bij naar niet ook onder naast staat zit over',
    pl: 'i w na z się jest do nie to że od przy oraz pod dla są jego jej',
    sv: 'och en ett är på med som av för till den det inte har sig under vid från',
    tr: 've bir bu için ile çok da de olan gibi üzerinde var',
  }).map(([language, words]) => [language, new Set(words.split(' '))]),
)
const NAMES: Readonly<Record<string, string>> = { en: 'English', fr: 'French', de: 'German', es: 'Spanish', it: 'Italian', pt: 'Portuguese', nl: 'Dutch', pl: 'Polish', sv: 'Swedish', tr: 'Turkish' }

function foreignScript(text: string, language: string): string | undefined {
  const own = SCRIPTS[language] ?? ['Latin']
  const counts = KNOWN.map(({ name, pattern }) => ({ name, count: text.match(pattern)?.length ?? 0 }))
  const all = counts.reduce((sum, one) => sum + one.count, 0)
  const foreign = counts.filter((one) => !own.includes(one.name)).sort((a, b) => b.count - a.count)[0]
  // A brand name in Latin letters is at home in every script.
  if (!foreign || all < 3 || foreign.count / all < (foreign.name === 'Latin' ? 0.9 : 0.4) || (foreign.name === 'Latin' && wordsOf(text).length < 4)) return undefined
  return `${Math.round((foreign.count / all) * 100)} % of the letters are ${foreign.name}`
}

function foreignWords(text: string, language: string): string | undefined {
  const words = wordsOf(text)
  if (words.length < 4 || !SMALL[language]) return undefined
  const lower = words.map((word) => word.toLowerCase())
  // "Museo del Prado y Jardín": a name keeps its small words in any language. German writes every noun so.
  const named = words.every((word, i) => /^\P{Ll}/u.test(word) || Object.values(SMALL).some((set) => set.has(lower[i])))
  const own = lower.filter((word) => SMALL[language].has(word)).length
  const [best] = Object.entries(SMALL)
    .filter(([other]) => other !== language && !(named && other !== 'de'))
    .map(([other, set]) => ({ other, hits: lower.filter((word) => set.has(word) && !SMALL[language].has(word)) }))
    .sort((a, b) => b.hits.length - a.hits.length)
  if (!best || new Set(best.hits).size < 2 || best.hits.length <= own * 2 || best.hits.length / words.length < 0.18) return undefined
  return `${[...new Set(best.hits)].slice(0, 4).map((word) => `“${word}”`).join(', ')} are ${NAMES[best.other]} words`
}

const LONGEST = 5000

/** Why a text is not in a language (ISO 639-1), in words; undefined where nothing says so. Short texts are given the benefit of the doubt. */
export function foreignTo(text: string, language: string): string | undefined {
  const head = text.slice(0, LONGEST)
  return foreignScript(head, language) ?? foreignWords(head, language)
}
