import type { ErrorCode } from '@/lib/errors'
import type { Sight } from './sight'

/** Parent to child. */
export type Ask = { kind: 'look'; id: number; bytes: Uint8Array } | { kind: 'forget'; id: number }
/** Child to parent. A call that was forgotten gets no answer. */
export type Answer = { id: number; sight: Sight } | { id: number; error: { code: ErrorCode; message: string } }
