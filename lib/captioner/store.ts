import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { prepared } from '@/lib/prepared'
import { checkBaseUrl } from './address'
import { PRESETS, type Endpoint, type Prices } from './endpoint'
import { eraseKey, hasKey, keyFor, saveKey } from './keys'
import { CaptionerInput, ParamsInput, type CaptionerCard } from './schema'
import type { Params } from './types'

type Row = NonNullable<Awaited<ReturnType<typeof find>>>
const find = async (captioner: string) => (await db()).captionerConfig.findUnique({ where: { captioner } })

/** The endpoint of the environment speaks for `openai` when either variable is set: the key there belongs to the base URL there. */
const fromEnvironment = (captioner: string): { baseUrl: string; key?: string } | undefined =>
  captioner === 'openai' && (env.openai.baseURL || env.openai.key) ? { baseUrl: env.openai.baseURL?.replace(/\/+$/, '') ?? PRESETS.openai.baseUrl, key: env.openai.key } : undefined

function cardOf({ updatedAt: _, params, ...row }: Row): CaptionerCard {
  const given = fromEnvironment(row.captioner)
  const baseUrl = given?.baseUrl ?? row.baseUrl
  return { ...row, baseUrl, preset: row.preset as CaptionerCard['preset'], params: ParamsInput.parse(JSON.parse(params)), hasKey: given ? Boolean(given.key) : hasKey(row.captioner, row.baseUrl), fromEnvironment: Boolean(given) }
}

const plain = (baseUrl: string): CaptionerInput => CaptionerInput.parse({ captioner: 'openai', label: 'OpenAI-compatible endpoint', preset: env.openai.baseURL ? 'custom' : 'openai', baseUrl })

/** Every endpoint that is set up, by id; `openai` is always among them. No key is in it. */
export async function captionerCards(): Promise<CaptionerCard[]> {
  const cards = (await (await db()).captionerConfig.findMany({ orderBy: { captioner: 'asc' } })).map(cardOf)
  if (cards.some((card) => card.captioner === 'openai')) return cards
  const given = fromEnvironment('openai')
  return [{ ...plain(given?.baseUrl ?? PRESETS.openai.baseUrl), hasKey: Boolean(given?.key), fromEnvironment: Boolean(given) }, ...cards]
}

/** Throws `not_found`. */
export async function captionerCard(captioner: string): Promise<CaptionerCard> {
  const cards = await captionerCards()
  const card = cards.find((one) => one.captioner === captioner)
  if (!card) throw new AppError('not_found', `No endpoint is set up as “${captioner}”. There are: ${cards.map((one) => one.captioner).join(', ')}.`, { detail: { use: true } })
  return card
}

/**
 * Sets an endpoint up, or changes it. `key`: a new key; absent keeps the one there is. A key is bound to its base URL
 * and is erased when that changes: it never goes to an address it was not typed for.
 */
export async function saveCaptioner(input: CaptionerInput, key?: string): Promise<CaptionerCard> {
  await checkBaseUrl(input.baseUrl)
  const { params, ...rest } = input
  const data = { ...rest, params: JSON.stringify(params), updatedAt: new Date() }
  const before = await find(input.captioner)
  if (before && before.baseUrl !== input.baseUrl) eraseKey(input.captioner)
  await (await db()).captionerConfig.upsert({ where: { captioner: input.captioner }, create: data, update: data })
  if (key) saveKey(input.captioner, input.baseUrl, key)
  return captionerCard(input.captioner)
}

/** Forgets the key of an endpoint. */
export const forgetKey = (captioner: string): void => eraseKey(captioner)

export async function removeCaptioner(captioner: string): Promise<boolean> {
  eraseKey(captioner)
  return (await (await db()).captionerConfig.deleteMany({ where: { captioner } })).count > 0
}

type Address = Pick<CaptionerCard, 'preset' | 'baseUrl' | 'timeoutMs'>
/** Read at every call of a run, where Prisma would cost a tenth of all its work. */
const addressOf = (captioner: string) => prepared(`SELECT preset, baseUrl, timeoutMs FROM CaptionerConfig WHERE captioner = ?`).get(captioner) as Address | undefined

/** The endpoint of a captioner with its key, for a call. Throws `not_found`, or `refused` for an address that may not be called. */
export async function endpointOf(captioner: string): Promise<Endpoint> {
  const card = addressOf(captioner) ?? (await captionerCard(captioner))
  const given = fromEnvironment(captioner)
  if (given) return { baseURL: given.baseUrl, key: given.key, timeoutMs: card.timeoutMs }
  const key = keyFor(captioner, card.baseUrl)
  if (PRESETS[card.preset].needsKey && key === undefined) throw new AppError('refused', `There is no key for ${new URL(card.baseUrl).origin}. Type it under Captioners, or set OPENAI_API_KEY and OPENAI_BASE_URL.`, { detail: { cause: 'auth', auth: true } })
  await checkBaseUrl(card.baseUrl)
  return { baseURL: card.baseUrl, key, timeoutMs: card.timeoutMs }
}

export type CallSettings = Prices & { model: string; params: Params; concurrency: number; perMinute: number | null; batch: boolean }

/** What a run needs to know of a captioner besides calling it; a captioner without a row costs nothing. */
export async function callSettings(captioner: string): Promise<CallSettings> {
  const card = (await captionerCards()).find((one) => one.captioner === captioner)
  if (!card) return { inputPrice: null, outputPrice: null, model: '', params: {}, concurrency: 1, perMinute: null, batch: false }
  const { inputPrice, outputPrice, model, params, concurrency, perMinute, preset } = card
  return { inputPrice, outputPrice, model, params, concurrency, perMinute, batch: PRESETS[preset].batch }
}
