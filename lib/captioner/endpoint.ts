/** Where OpenAI-compatible servers listen, and how they differ. The base URLs are their documented defaults. */
export const PRESETS = {
  openai: { label: 'OpenAI', baseUrl: 'https://api.openai.com/v1', needsKey: true, batch: true },
  openrouter: { label: 'OpenRouter', baseUrl: 'https://openrouter.ai/api/v1', needsKey: true, batch: false },
  vllm: { label: 'vLLM', baseUrl: 'http://127.0.0.1:8000/v1', needsKey: false, batch: false },
  ollama: { label: 'Ollama', baseUrl: 'http://127.0.0.1:11434/v1', needsKey: false, batch: false },
  lmstudio: { label: 'LM Studio', baseUrl: 'http://127.0.0.1:1234/v1', needsKey: false, batch: false },
  llamacpp: { label: 'llama.cpp', baseUrl: 'http://127.0.0.1:8080/v1', needsKey: false, batch: false },
  custom: { label: 'Other OpenAI-compatible endpoint', baseUrl: '', needsKey: false, batch: false },
} as const
export type PresetId = keyof typeof PRESETS

/** One endpoint, ready to be called. */
export type Endpoint = { baseURL: string; key?: string; timeoutMs: number }

export type TokenLimit = 'max_completion_tokens' | 'max_tokens'

/** OpenAI's newer models refuse `max_tokens`, also in its regions and behind Azure; servers of others know nothing else. */
export const tokenLimitField = (baseURL: string): TokenLimit => (/(?:^|\.)(?:api\.openai\.com|openai\.azure\.com)$/.test(new URL(baseURL).hostname) ? 'max_completion_tokens' : 'max_tokens')

export type Prices = { inputPrice: number | null; outputPrice: number | null }

/** What a call cost by the prices of a million tokens that a person typed; null unless both are known. `half` for batches, which cost half. */
export function costOf(usage: { inputTokens: number; outputTokens: number }, { inputPrice, outputPrice }: Prices, half = false): number | null {
  if (inputPrice === null || outputPrice === null) return null
  const cost = (usage.inputTokens * inputPrice + usage.outputTokens * outputPrice) / 1e6
  return half ? cost / 2 : cost
}
