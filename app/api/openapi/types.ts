import type { z } from 'zod'

/** One address of the public API. `path` is below /api/v1, with its parameters in braces. */
export type Door = { method: 'get' | 'post' | 'put' | 'patch' | 'delete'; path: string; says: string; body?: z.ZodType; query?: z.ZodType; status?: number }
