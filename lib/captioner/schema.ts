import { z } from 'zod'
import { PRESETS, type PresetId } from './endpoint'

export const CaptionerId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a captioner is named by a lower-case word of letters, digits and hyphens')
const presetIds = Object.keys(PRESETS) as [PresetId, ...PresetId[]]

export const BaseUrl = z
  .url({ protocol: /^https?$/, error: 'a base URL begins with http:// or https://' })
  .max(500)
  .transform((text) => text.replace(/\/+$/, ''))
  .refine((text) => {
    const { username, password, search, hash } = new URL(text)
    return !username && !password && !search && !hash
  }, 'a base URL holds no name, password, query or fragment; the key has a field of its own')

export const ParamsInput = z.object({
  temperature: z.coerce.number().min(0).max(2).optional(),
  maxTokens: z.coerce.number().int().min(1).max(100_000).optional(),
  seed: z.coerce.number().int().optional(),
  longestSide: z.coerce.number().int().min(64).max(4096).optional(),
  detail: z.enum(['low', 'high', 'auto']).optional(),
})

const price = z.coerce.number().min(0).max(10_000).nullable().default(null)

/** An endpoint as a person sets it up. The key comes separately and is never given back. */
export const CaptionerInput = z.object({
  captioner: CaptionerId.refine((id) => !['builtin', 'florence'].includes(id), 'this name belongs to a captioner that is built in'),
  label: z.string().trim().min(1, 'a captioner needs a label').max(60),
  preset: z.enum(presetIds).default('custom'),
  baseUrl: BaseUrl,
  model: z.string().trim().max(200).default(''),
  params: ParamsInput.default({}),
  /** price of a million tokens, in the currency the person thinks in */
  inputPrice: price,
  outputPrice: price,
  concurrency: z.coerce.number().int().min(1).max(256).default(8),
  perMinute: z.coerce.number().int().min(1).max(100_000).nullable().default(null),
  timeoutMs: z.coerce.number().int().min(1000).max(600_000).default(120_000),
})
export type CaptionerInput = z.infer<typeof CaptionerInput>

/** A captioner for lists and forms. `hasKey` is all that is ever said about its key. */
export type CaptionerCard = CaptionerInput & { hasKey: boolean; fromEnvironment: boolean }

export const ApiKey = z.string().trim().min(1, 'the key is empty').max(2000).regex(/^[\x21-\x7e]+$/, 'a key holds no spaces and only plain characters')
