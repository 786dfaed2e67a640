import { acceptText } from './clean'
import { message } from './message'
import type { Recipe } from './types'

const MOST_WORDS = 400

/** What a reviewer's reason asks a model to look at, by the reason's stored id. */
const REASONS: Readonly<Record<string, string>> = {
  'wrong-object': 'it names a thing that is something else',
  'missing-object': 'it leaves out a thing that matters',
  'wrong-count': 'a number is wrong',
  'wrong-attribute': 'a colour, size, material or other property is wrong',
  'wrong-relation': 'where things stand to each other, or who does what, is wrong',
  'wrong-text': 'text on the picture is misread',
  'unsupported-name': 'it gives a name that nothing supports',
  invented: 'it states something that is not there',
  unrelated: 'it is about something else',
  language: 'its language or wording is poor',
}

/** Targeted: the old caption goes in with what is wrong about it, and only that changes. */
export const correct: Recipe = {
  id: 'correct',
  version: 1,
  label: 'Correct',
  kind: 'detailed',
  keepsKind: true,
  source: 'Targeted correction: a reviewer’s reasons and contradicted statements go in, only what was wrong changes',
  needs: ['caption'],
  prompt(input) {
    const reasons = (input.reasons ?? []).map((id) => REASONS[id]).filter(Boolean)
    return message({
      task: `Below stands a caption of the picture that a reviewer did not accept.${reasons.length ? ` What is wrong: ${reasons.join('; ')}.` : ''} Look at the picture and correct exactly that. Leave every other sentence as it is, word for word, and keep its length and style.`,
      data: [['caption', input.caption], ['note', input.note], ['contradicted', input.contradicted?.join('\n')], ['alt-text', input.alt], ['text-on-picture', input.ocr?.join('\n')]],
      input,
    })
  },
  accept: (draft) => acceptText(draft, MOST_WORDS),
}
