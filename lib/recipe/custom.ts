import { acceptText } from './clean'
import { block, message } from './message'
import type { CustomRecipeRow } from './schema'
import type { Recipe, RecipeInput } from './types'

const VARIABLE = /\{\{|\}\}|\{([^{}\n]{1,80})\}/g

/** The id under which a person's recipe is stored. */
export const customId = (name: string): string =>
  `custom-${name.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || [...name].map((letter) => letter.codePointAt(0)?.toString(16)).join('-')}`.slice(0, 80)

/** The variables of a prompt, each once, in order. */
export const variablesOf = (prompt: string): string[] => [...new Set([...prompt.matchAll(VARIABLE)].flatMap(([, name]) => (name ? [name.trim()] : [])))]

const tag = (name: string) => name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '') || 'column'

function value(name: string, input: RecipeInput): { name: string; text: string | undefined } {
  if (name === 'alt') return { name: 'alt-text', text: input.alt }
  if (name === 'caption' || name === 'key') return { name, text: input[name] }
  if (name === 'ocr') return { name: 'text-on-picture', text: input.ocr?.join('\n') }
  const column = input.meta && Object.hasOwn(input.meta, name) ? input.meta[name] : undefined
  return { name: tag(name), text: column === undefined || column === null ? undefined : typeof column === 'string' ? column : JSON.stringify(column) }
}

/** The person's prompt with each variable as a block of data; "(none)" where the sample has nothing for it. Blocks are put in last, so a brace in data is only a brace. */
export const fill = (prompt: string, input: RecipeInput): string =>
  prompt.replace(VARIABLE, (whole, name?: string) => {
    if (name === undefined) return whole[0]
    const found = value(name.trim(), input)
    return found.text?.trim() ? `\n${block(found.name, found.text)}\n` : '(none)'
  })

/** A recipe from a stored row. Pure; its version is the row's. */
export function customRecipe(row: CustomRecipeRow): Recipe {
  return {
    id: row.recipe,
    version: row.version,
    label: row.name,
    kind: row.kind,
    source: `Own prompt${row.author ? ` by ${row.author}` : ''}`,
    needs: variablesOf(row.prompt).includes('caption') ? ['caption'] : undefined,
    prompt: (input) => message({ task: fill(row.prompt, input), input }),
    accept: (draft) => acceptText(draft, row.maxWords),
  }
}
