import { z } from 'zod'
import { AppError } from '@/lib/errors'
import type { Prices } from './endpoint'

/** Price of a million tokens, in whatever currency the budget is meant. */
export const Price = z.object({ input: z.number().min(0), output: z.number().min(0) })
export type Price = z.infer<typeof Price>
/** The same as it is asked for: a side that is left out is what the captioner is set up with. */
export const PriceAsked = Price.partial()
export type PriceAsked = z.infer<typeof PriceAsked>

/**
 * The price that is counted by; undefined where none is known. Half a price is none: it would leave the other side's tokens
 * out of every sum and let the budget leak. Throws 'invalid' where a side is missing and the other was asked for, or a budget.
 */
export function priceOf(asked: PriceAsked | null | undefined, known: Prices, budget: number | null | undefined): Price | undefined {
  const [input, output] = [asked?.input ?? known.inputPrice, asked?.output ?? known.outputPrice]
  if (input !== null && output !== null) return { input, output }
  const given = asked?.input !== undefined || asked?.output !== undefined
  const capped = budget !== null && budget !== undefined
  if (!given && !capped) return undefined
  if (input === null && output === null) throw new AppError('invalid', 'A budget needs the price of a million tokens, for input and for output.')
  throw new AppError('invalid', `The price of a million tokens ${input === null ? 'in' : 'out'} is not known. Give it too; 0 where nothing is charged for it.`)
}
