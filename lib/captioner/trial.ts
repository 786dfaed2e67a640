import { captionerById } from './choose'
import { costOf } from './endpoint'
import { callSettings } from './store'
import type { CaptionDraft, CaptionRequest } from './types'

export type Trial = { draft: CaptionDraft; ms: number; model: string; /** null: no price is known */ cost: number | null }

/** One call with one picture, so that a person sees answer, time, tokens and cost before a run. Throws as the captioner does. */
export async function testCaptioner(id: string, request: Omit<CaptionRequest, 'params'> & { params?: CaptionRequest['params'] }, signal: AbortSignal = new AbortController().signal): Promise<Trial> {
  const captioner = await captionerById(id)
  const settings = await callSettings(id)
  const model = request.model || settings.model || (await captioner.models())[0] || ''
  const before = performance.now()
  const draft = await captioner.write({ ...request, model, params: { ...settings.params, ...request.params } }, signal)
  return { draft, ms: Math.round(performance.now() - before), model, cost: draft.usage ? costOf(draft.usage, settings) : null }
}
