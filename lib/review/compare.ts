import { createHash } from 'node:crypto'
import { signTest } from './sign-test'
import { wilson, type Interval } from './wilson'

export type Side = 'a' | 'b'
export type Choice = Side | 'tie'
export type Judged = { left: Side; choice: Choice }

/** Which of the two is shown on the left: a fair coin by seed and sample, so that it can be checked afterwards. */
export const leftSide = (seed: number, sampleId: number): Side => (createHash('sha256').update(`side:${seed}:${sampleId}`).digest()[0] % 2 ? 'a' : 'b')

/** What was chosen when the person pointed at a side of the screen. */
export function chosenSide(left: Side, pointed: 'left' | 'right' | 'tie'): Choice {
  if (pointed === 'tie') return 'tie'
  return pointed === 'left' ? left : left === 'a' ? 'b' : 'a'
}

/** `winRate`: of a, a tie counts half; `interval`: Wilson, of the pairs that were not ties; `p`: sign test. */
export type Comparison = { judged: number; a: number; b: number; ties: number; winRate: number; interval: Interval; p: number; winner: Side | null; leftChosen: number; leftP: number }

/** What the pairs say. A winner is named only when the sign test is below 5 %; `leftP` tells whether the side decided. */
export function compare(pairs: readonly Judged[]): Comparison {
  const count = (choice: Choice) => pairs.filter((pair) => pair.choice === choice).length
  const [a, b, ties] = [count('a'), count('b'), count('tie')]
  const leftChosen = pairs.filter((pair) => pair.choice === pair.left).length
  const p = signTest(a, b)
  return { judged: pairs.length, a, b, ties, winRate: pairs.length ? (a + ties / 2) / pairs.length : 0.5, interval: wilson(a, a + b), p, winner: p < 0.05 ? (a > b ? 'a' : 'b') : null, leftChosen, leftP: signTest(leftChosen, a + b - leftChosen) }
}
