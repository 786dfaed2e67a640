/** Every way in which a request can fail, with its HTTP status. The one table. */
export const errorStatus = { invalid: 400, refused: 422, not_found: 404, conflict: 409, unavailable: 503, internal: 500 } as const
export type ErrorCode = keyof typeof errorStatus

/** An error a person reads: what is wrong, where (file, line, column, key), and what to do. */
export class AppError extends Error {
  readonly code: ErrorCode
  /** Facts for the screen or a client, e.g. `{ position: 7 }` or the present state on a conflict. */
  readonly detail?: Readonly<Record<string, unknown>>
  constructor(code: ErrorCode, message: string, options: { cause?: unknown; detail?: Record<string, unknown> } = {}) {
    super(message, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.detail = options.detail
  }
}

export const isAppError = (error: unknown): error is AppError => error instanceof Error && error.name === 'AppError'

/** The message of anything thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
