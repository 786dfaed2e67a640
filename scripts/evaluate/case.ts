import type { Sight } from '@/lib/captioner/builtin/sight'
import { align } from '@/lib/claim/align'
import { checkClaims } from '@/lib/claim/check'
import type { BaseRates } from '@/lib/claim/presence'
import { splitClaims } from '@/lib/claim/split'

export type Row = { image: string; captions?: string[]; alt?: string; objects?: { label: string; box: [number, number, number, number] }[] }
/** One picture: its row, its first caption, what was seen, and our own detailed caption. */
export type Case = { row: Row; text: string; sight: Sight; detailed: string }

export const scoreOf = (sight: Sight, text: string, rates: BaseRates) => align(text, checkClaims(splitClaims(text), sight, [text]), sight, rates).score

export const textsOf = (row: Row): readonly string[] => row.captions ?? (row.alt ? [row.alt] : [])
