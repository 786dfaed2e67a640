import { acceptText } from './clean'
import { message } from './message'
import type { Recipe } from './types'

const MOST_WORDS = 300

export const realign: Recipe = {
  id: 'realign',
  version: 1,
  label: 'Realign',
  kind: 'realigned',
  source: 'Altogether (Xu et al. 2024): edit the alt text against the picture, keep the names that it supplies',
  needs: ['alt'],
  prompt: (input) =>
    message({
      task: 'Below stands the text that the picture was published with. Edit it until it describes the picture: strike what cannot be seen there, correct what is wrong, add what is missing about subject, number, place and colour. Keep names of people, places, species, works and products that the text supplies and that fit what is seen: the picture alone does not tell them. Drop advertising, web addresses, file names and remarks.',
      data: [['alt-text', input.alt], ['text-on-picture', input.ocr?.join('\n')]],
      input,
    }),
  accept: (draft) => acceptText(draft, MOST_WORDS),
}
