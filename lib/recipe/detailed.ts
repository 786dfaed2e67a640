import { acceptText } from './clean'
import { message } from './message'
import type { Recipe } from './types'

const MOST_WORDS = 400

export const detailed: Recipe = {
  id: 'detailed',
  version: 1,
  label: 'Detailed',
  kind: 'detailed',
  source: 'DALL·E 3 (Betker et al. 2023), descriptive synthetic captions: subject, surroundings, background, text, style, colours',
  prompt: (input) =>
    message({
      task: 'Describe the picture in 3 to 6 sentences. Start with the main subject, so that the first sentence alone is a good short caption. Go on with how many things there are and where they stand to each other, then the surroundings and the background, then the style of the picture and its colours. Quote text that can be read on it, letter by letter, in double quotation marks.',
      input,
    }),
  accept: (draft) => acceptText(draft, MOST_WORDS),
}
