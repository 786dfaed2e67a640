import { registry } from '@/lib/registry'
import { builtin } from './builtin'
import { openaiCaptioner } from './openai'
import { endpointOf } from './store'
import type { Captioner } from './types'

export type { Captioner, CaptionDraft, CaptionRequest, Evidence, Params, Prompt, Usage } from './types'

/** Any OpenAI-compatible endpoint; the environment's, else the one set up under this id. */
export const openai = openaiCaptioner({ id: 'openai', label: 'OpenAI-compatible endpoint', resolve: () => endpointOf('openai') })

/** The captioners that are built in. Endpoints that a person set up under other names come by `captionerById`. */
export const captioners = registry<Captioner>('captioner', builtin, openai)
