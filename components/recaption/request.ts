import { parseAsArrayOf, parseAsBoolean, parseAsFloat, parseAsInteger, parseAsNativeArrayOf, parseAsString, parseAsStringLiteral, type inferParserType } from 'nuqs/server'
import type { RunAsked } from '@/lib/recaption/schema'
import { REJECT_REASONS } from '@/lib/review/schema'

/** The request as it stands in the address, one field a parameter; what is absent is the captioner's own. */
export const fields = {
  filter: parseAsString.withDefault(''),
  /** one `keys=` for each: a key may hold a comma */
  keys: parseAsNativeArrayOf(parseAsString),
  rejectedFor: parseAsStringLiteral(REJECT_REASONS.map((reason) => reason.id)),
  captioner: parseAsString.withDefault('builtin'),
  model: parseAsString,
  recipe: parseAsString.withDefault('short'),
  kind: parseAsString,
  temperature: parseAsFloat,
  maxTokens: parseAsInteger,
  seed: parseAsInteger,
  longestSide: parseAsInteger,
  detail: parseAsStringLiteral(['low', 'high', 'auto']),
  inputPrice: parseAsFloat,
  outputPrice: parseAsFloat,
  budget: parseAsFloat,
  concurrency: parseAsInteger,
  rpm: parseAsInteger,
  attempts: parseAsInteger,
  examples: parseAsInteger,
  another: parseAsBoolean.withDefault(false),
  batch: parseAsBoolean.withDefault(false),
  hint: parseAsString,
  /** metrics by which a new caption must be better; `words:lower` where less is better */
  better: parseAsArrayOf(parseAsString),
  /** the plan that was made of it */
  plan: parseAsInteger,
}
export type Fields = inferParserType<typeof fields>

/** Without what is null or empty: those are for the server to fill. */
const given = <T extends Record<string, unknown>>(all: T) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0))) as { [K in keyof T]?: Exclude<T[K], null> }

/** What is asked of the server. */
export function requestOf({ temperature, maxTokens, seed, longestSide, detail, inputPrice, outputPrice, better, plan: _, ...rest }: Fields): Omit<RunAsked, 'dataset'> {
  const price = given({ input: inputPrice, output: outputPrice })
  return {
    ...given(rest),
    recipe: rest.recipe,
    params: given({ temperature, maxTokens, seed, longestSide, detail }),
    ...(Object.keys(price).length ? { price } : {}),
    ...(better?.length ? { keepIfBetter: better.map((one) => ({ metric: one.replace(/:lower$/, ''), better: one.endsWith(':lower') ? 'lower' as const : 'higher' as const })) } : {}),
  }
}
