import type { ErrorCode } from '@/lib/errors'
import type { Layout } from './florence-files'

export type FlorenceAsk = { id: number; folder: string; model: string; layout: Layout; task: string; maxTokens: number; bytes: Uint8Array }
export type FlorenceAnswer = { id: number; text: string; tokens: number; cut: boolean } | { id: number; error: { code: ErrorCode; message: string } }
