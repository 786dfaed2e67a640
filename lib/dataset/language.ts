/** Words that stand in nearly every sentence of a language and rarely in another. */
const STOP_WORDS: Record<string, ReadonlySet<string>> = Object.fromEntries(
  Object.entries({
    English: 'the of and is with on his her their for from this that at by are was an',
    German: 'der das und ist mit auf ein eine einem einer für von dem den nicht zu im bei sich am',
    French: 'le les et est avec sur une du pour dans des au par qui sont un aux ce cette',
    Spanish: 'el los las y es con sobre una del para por que está un al su se como',
    Italian: 'il gli e è con una del della per di che nel alla sono un dei delle',
    Portuguese: 'os as e é com uma do da para por que no na um dos das em são ao',
    Dutch: 'het en is met op een van voor de dat bij zijn niet naar uit te aan',
    Polish: 'i jest z na się w do nie że przez po są dla od jak',
    Turkish: 've bir ile bu için da de olan çok gibi daha olarak',
  }).map(([language, words]) => [language, new Set(words.split(' '))]),
)

const SCRIPTS: readonly (readonly [language: string, letters: RegExp])[] = [
  ['Japanese', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['Korean', /\p{Script=Hangul}/gu],
  ['Chinese', /\p{Script=Han}/gu],
  ['Russian or other Cyrillic', /\p{Script=Cyrillic}/gu],
  ['Arabic', /\p{Script=Arabic}/gu],
  ['Hebrew', /\p{Script=Hebrew}/gu],
  ['Greek', /\p{Script=Greek}/gu],
  ['Thai', /\p{Script=Thai}/gu],
  ['Hindi or other Devanagari', /\p{Script=Devanagari}/gu],
]
/** From this share of its letters on a script decides; Japanese mixes its kana with Han. */
const DECIDES: Record<string, number> = { Japanese: 0.15 }
const letters = (text: string) => text.match(/\p{L}/gu)?.length ?? 0

/** A quick guess at the language of a caption, by its script and its small words; undefined when neither says enough. */
export function guessLanguage(text: string): string | undefined {
  const head = text.slice(0, 400)
  const all = letters(head)
  if (all < 3) return undefined
  for (const [language, script] of SCRIPTS) if ((head.match(script)?.length ?? 0) / all >= (DECIDES[language] ?? 0.4)) return language
  const words = head.toLowerCase().match(/\p{L}+/gu) ?? []
  const scores = Object.entries(STOP_WORDS).map(([language, stop]) => [language, words.filter((word) => stop.has(word)).length] as const)
  const [best, second] = scores.sort((a, b) => b[1] - a[1])
  return best[1] > second[1] ? best[0] : undefined
}
