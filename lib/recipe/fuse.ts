import { acceptText } from './clean'
import { message } from './message'
import type { Recipe } from './types'

const MOST_WORDS = 300

export const fuse: Recipe = {
  id: 'fuse',
  version: 1,
  label: 'Fuse',
  kind: 'fused',
  source: 'VeCLIP (Lai et al. 2023) and CapsFusion (Yu et al. 2023): one caption from the alt text and a written one',
  needs: ['alt', 'caption'],
  prompt: (input) =>
    message({
      task: 'Two texts speak of the picture: <alt-text> was published with it and may know names and facts, but also holds noise; <caption> was written by a model from the picture alone, is well formed and may lack names. Make one caption of 1 to 3 sentences: the sentence structure and what is seen from the caption, names and facts that fit the picture from the alt text. Where they contradict each other, the picture decides. Say nothing twice.',
      data: [['alt-text', input.alt], ['caption', input.caption], ['text-on-picture', input.ocr?.join('\n')]],
      input,
    }),
  accept: (draft) => acceptText(draft, MOST_WORDS),
}
