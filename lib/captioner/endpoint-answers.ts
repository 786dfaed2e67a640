import { createHash } from 'node:crypto'

const LISTS = [
  'red blue green white black yellow grey brown golden silver pink purple striped spotted small large old young wet dusty'.split(' '),
  'fox dog cat horse owl boat bicycle lamp kettle chair guitar tractor lighthouse bridge statue kite basket clock piano tent'.split(' '),
  'stands lies waits leans rests glows shines sits hangs turns'.split(' '),
  'beside behind near under above opposite against before'.split(' '),
  'wooden stone iron glass paper brick marble rusty painted broken'.split(' '),
  'gate wall fence tower bench table door staircase window barrel'.split(' '),
  'at dawn;at noon;in the rain;in fog;in bright sun;at dusk;in snow;under clouds;by lamplight;in the wind'.split(';'),
] as const

/** A sentence out of a request's bytes: the same request, the same sentence; another, in all likelihood another (16 million there are). */
export function sentenceFor(seed: string): string {
  const hash = createHash('sha256').update(seed).digest()
  const [colour, thing, act, where, material, place, time] = LISTS.map((list, i) => list[hash.readUInt16BE(i * 2) % list.length])
  return `A ${colour} ${thing} ${act} ${where} a ${material} ${place} ${time}.`
}

type Schema = { type?: string; properties?: Record<string, Schema>; items?: Schema }

/** An answer of the shape that was asked for. */
function shaped(schema: Schema, seed: string, name = ''): unknown {
  if (schema.type === 'object') return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, part]) => [key, shaped(part, seed + key, key)]))
  if (schema.type === 'array') return [shaped(schema.items ?? { type: 'string' }, seed, name)]
  return schema.type === 'number' || schema.type === 'integer' ? 1 : sentenceFor(seed)
}

export type ChatBody = { model?: string; messages?: unknown; response_format?: { type?: string; json_schema?: { schema?: Schema } } }

export function answerFor(body: ChatBody): string {
  const seed = JSON.stringify(body.messages ?? '')
  const schema = body.response_format?.json_schema?.schema
  return schema ? JSON.stringify(shaped(schema, seed)) : sentenceFor(seed)
}

export function completion(body: ChatBody, content: string | null, finish = 'stop', more: Record<string, unknown> = {}): Record<string, unknown> {
  const output = Math.ceil((content?.length ?? 0) / 4)
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: body.model ?? 'model',
    choices: [{ index: 0, message: { role: 'assistant', content, refusal: null, ...more }, finish_reason: finish, logprobs: null }],
    usage: { prompt_tokens: 400, completion_tokens: output, total_tokens: 400 + output },
  }
}
