import type { z } from 'zod'
import type { PriceAsked } from '@/lib/captioner/price'
import { AppError, isAppError } from '@/lib/errors'
import type { Values } from './types'

/** Wrong use of the command line: printed with the way to help, exit code 2. */
export const wrongUse = (message: string) => new AppError('invalid', message, { detail: { use: true } })

/** Also a filter or a cursor that cannot be read, and an id that is not in a list of ours: whoever typed it can mend it. */
export const isWrongUse = (error: unknown): boolean => isAppError(error) && (error.detail?.use === true || typeof error.detail?.position === 'number')

export function text(values: Values, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

export function required(values: Values, name: string): string {
  const value = text(values, name)
  if (!value) throw wrongUse(`--${name} is missing.`)
  return value
}

export function texts(values: Values, name: string): string[] {
  const value = values[name]
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : typeof value === 'string' ? [value] : []
}

/** A number within [min, max]; undefined when the option is not given. */
export function number(values: Values, name: string, [min, max]: readonly [number, number], whole = false): number | undefined {
  const given = text(values, name)
  if (given === undefined) return undefined
  const value = Number(given)
  if (given.trim() === '' || !Number.isFinite(value) || value < min || value > max || (whole && !Number.isInteger(value))) throw wrongUse(`--${name} takes a ${whole ? 'whole ' : ''}number from ${min} to ${max}; “${given}” is none.`)
  return value
}

/** `--price <input>:<output>`, either side left out: then it is the captioner's own. */
export function price(values: Values): PriceAsked | undefined {
  const given = text(values, 'price')
  if (given === undefined) return undefined
  const sides = given.split(':').map((side) => (side.trim() === '' ? undefined : Number(side)))
  const [input, output] = sides
  if (sides.length !== 2 || (input === undefined && output === undefined) || !(input === undefined || input >= 0) || !(output === undefined || output >= 0)) throw wrongUse('--price is written <input>:<output>, for a million tokens each; a side left out is the captioner’s own.')
  return { ...(input !== undefined && { input }), ...(output !== undefined && { output }) }
}

/** Parses what was given; what is wrong with it is wrong use. */
export function parsed<S extends z.ZodType>(schema: S, given: unknown): z.output<S> {
  const read = schema.safeParse(given)
  if (read.success) return read.data
  throw wrongUse(read.error.issues.map((issue) => [issue.path.join('.'), issue.message].filter(Boolean).join(': ')).join('; '))
}

export const many = (count: number): string => count.toLocaleString('en')
/** "1 sample", "1,200 samples". */
export const counted = (count: number, one: string): string => `${many(count)} ${one}${count === 1 ? '' : 's'}`
