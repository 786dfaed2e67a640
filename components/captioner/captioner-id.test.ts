import { describe, expect, it } from 'vitest'
import { CaptionerId } from '@/lib/captioner/schema'
import { captionerId, sameAddress } from './captioner-id'

describe('the id of an endpoint', () => {
  it('is a word that may be stored, whatever the label', () => {
    expect(['OpenAI', 'LM Studio', 'llama.cpp', '7B am Büro', '日本', 'x'.repeat(60)].map((label) => captionerId(label))).toEqual(['openai', 'lm-studio', 'llama-cpp', 'b-am-buro', 'endpoint', 'x'.repeat(40)])
    for (const label of ['OpenAI', '7B', '—', '日本']) expect(CaptionerId.safeParse(captionerId(label)).success).toBe(true)
  })
  it('does not take the place of another', () => {
    expect(captionerId('vLLM', ['vllm', 'vllm-2'])).toBe('vllm-3')
  })
  it('knows when a key would go elsewhere', () => {
    expect(sameAddress('https://a.example/v1', 'https://a.example/v1/')).toBe(true)
    expect(sameAddress('https://a.example/v1', 'https://a.example/v2')).toBe(false)
    expect(sameAddress('https://a.example/v1', 'https://a.example:8443/v1')).toBe(false)
    expect(sameAddress('https://a.example/v1', 'https:')).toBe(false)
  })
})
