/** How much a call used. Tokens as the endpoint counted them. */
export type Usage = { inputTokens: number; outputTokens: number }

export type JsonSchema = Readonly<Record<string, unknown>>
/** Text that came with data stands in escaped delimiters inside `user`, never in `system`. */
export type Prompt = { system: string; user: string; schema?: JsonSchema }

/** Sampling parameters; all optional, JSON, part of the request's hash. */
export type Params = { temperature?: number; maxTokens?: number; seed?: number; longestSide?: number; detail?: 'low' | 'high' | 'auto' }

/** One statement's ground: where it is on the picture (x0 y0 x1 y1, each 0..1), how sure (0..1). */
export type Evidence = { says: string; sort: 'object' | 'count' | 'attribute' | 'relation' | 'text' | 'scene' | 'colour' | 'type'; box?: readonly [number, number, number, number]; score?: number; note?: string }

export type CaptionRequest = {
  /** the picture; empty where only texts are asked about */
  media: Uint8Array
  mime: string
  /** recipe id */
  recipe: string
  /** kind of caption asked for */
  kind: string
  prompt: Prompt
  model: string
  params: Params
}
export type CaptionDraft = { text: string; finish: 'stop' | 'length' | 'filtered'; usage?: Usage; evidence?: Evidence[]; flags?: readonly { rule: string; evidence: string }[] }

/**
 * What writes captions. One file in lib/captioner/, one line in the registry, one line in the README, the contract test.
 */
export interface Captioner {
  /** Stored on every run; never renamed. */
  readonly id: string
  readonly label: string
  /** Which recipes it can serve; undefined = any. */
  readonly recipes?: readonly string[]
  models(): Promise<readonly string[]>
  /** The request with its picture as it will be sent, so that `write` need not make it while it holds a place. Twice changes nothing. */
  prepare?(request: CaptionRequest): Promise<CaptionRequest>
  /** Throws AppError 'unavailable' (try later; `detail.retryAfterMs` when known) or 'refused' (never). Never answers ''. Honours `signal`. */
  write(request: CaptionRequest, signal: AbortSignal): Promise<CaptionDraft>
  /** Lets go of child processes and sockets. */
  close?(): Promise<void>
}
