import path from 'node:path'
import { env } from '@/lib/env'
import { registry } from '@/lib/registry'
import { builtin } from './builtin'
import { florenceCaptioner } from './florence'
import { openaiCaptioner } from './openai'
import { endpointOf } from './store'
import type { Captioner } from './types'

export type { Captioner, CaptionDraft, CaptionRequest, Evidence, Params, Prompt, Usage } from './types'

/** Any OpenAI-compatible endpoint; the environment's, else the one set up under this id. */
export const openai = openaiCaptioner({ id: 'openai', label: 'OpenAI-compatible endpoint', resolve: () => endpointOf('openai') })

/** Local models: put an ONNX export of Florence-2 into `models/<owner>/<name>` below RECAPTION_HOME. */
export const florence = florenceCaptioner(path.join(env.home, 'models'))

/** The captioners that are built in. Endpoints that a person set up under other names come by `captionerById`. */
export const captioners = registry<Captioner>('captioner', builtin, openai, florence)
