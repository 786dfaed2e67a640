import { acceptText } from './clean'
import { message } from './message'
import type { Recipe } from './types'

const MOST_WORDS = 60

export const short: Recipe = {
  id: 'short',
  version: 1,
  label: 'Short',
  kind: 'short',
  source: 'DALL·E 3 (Betker et al. 2023), short synthetic captions: the main subject only',
  prompt: (input) => message({ task: 'Name the main subject of the picture and what it does, in one plain sentence of 5 to 20 words. Nothing about background, style or mood.', input }),
  accept: (draft) => acceptText(draft, MOST_WORDS),
}
