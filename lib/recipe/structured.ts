import { z } from 'zod'
import { acceptText, clean } from './clean'
import { objectIn } from '@/lib/captioner/json'
import { message } from './message'
import type { Recipe } from './types'

const MOST_WORDS = 400

const words = z.union([z.string(), z.number().transform(String)]).catch('').default('').transform((text) => clean(text))
const list = z
  .union([z.array(z.union([z.string(), z.record(z.string(), z.unknown()).transform((parts) => Object.values(parts).filter((part) => typeof part === 'string').join(' '))])), z.string().transform((text) => text.split(/\s*;\s*/))])
  .catch([])
  .default([])
  .transform((all) => all.map(clean).filter(Boolean))
const Parts = z.object({ subject: words, background: words, style: words, camera: words, text: list, relations: list, caption: words })

const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['subject', 'background', 'style', 'camera', 'text', 'relations', 'caption'],
  properties: {
    subject: { type: 'string', description: 'the main subject and what it does' },
    background: { type: 'string', description: 'surroundings and background' },
    style: { type: 'string', description: 'medium, style, light and colours' },
    camera: { type: 'string', description: 'framing, angle, distance' },
    text: { type: 'array', items: { type: 'string' }, description: 'text that can be read on the picture' },
    relations: { type: 'array', items: { type: 'string' }, description: 'who or what stands where to what' },
    caption: { type: 'string', description: 'all of it as 2 to 5 sentences of prose' },
  },
} as const

const sentence = (text: string) => (text ? `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}` : '')
const prose = (parts: z.infer<typeof Parts>) =>
  parts.caption || [parts.subject, ...parts.relations, parts.background, parts.text.length ? `Text reads ${parts.text.map((line) => `"${line}"`).join(', ')}` : '', parts.style, parts.camera].map(sentence).filter(Boolean).join(' ')

export const structured: Recipe = {
  id: 'structured',
  version: 1,
  label: 'Structured',
  kind: 'structured',
  source: 'Structural captions after Hunyuan-DiT (Li et al. 2024): subject, background, style, camera, text, relations, with their prose',
  prompt: (input) => ({
    ...message({
      task: 'Describe the picture in parts, as one JSON object with the string fields subject, background, style, camera and caption, and the lists of strings text and relations. caption is prose of 2 to 5 sentences that says all of it. Leave a field empty where there is nothing to say. In this answer, the JSON object stands in place of the caption.',
      data: [['text-on-picture', input.ocr?.join('\n')]],
      input,
    }),
    schema: SCHEMA,
  }),
  // An accepted text is prose; it is accepted again as it stands, without parts.
  accept(draft) {
    const found = objectIn(draft)
    if (found && 'broken' in found) return { ok: false, why: `The answer is no JSON object: ${found.broken}.` }
    const parts = found ? Parts.safeParse(found.value).data : undefined
    const accepted = acceptText(parts ? prose(parts) : draft, MOST_WORDS)
    if (!accepted.ok) return accepted
    if (objectIn(accepted.text)) return { ok: false, why: 'The answer mixes JSON into its prose.' }
    if (!parts) return accepted
    const { caption: _, ...meta } = parts
    return { ...accepted, meta }
  },
}
