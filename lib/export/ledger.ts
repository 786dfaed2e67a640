import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { BlendCaption } from '@/lib/blend/schema'
import { env } from '@/lib/env'

/** Which caption each sample of a release got, beside the releases: what two releases are compared by. */
export const ledgerOf = (id: number): string => path.join(env.releases, '.ledgers', `${id}.jsonl`)

export type Ledger = { add(key: string, chosen: Pick<BlendCaption, 'kind' | 'hash'>): void; flush(): void; close(): void }

/**
 * Begins the ledger of a release anew. Lines are held until `flush`, which does not wait for a thread: some 60 bytes a
 * sample are written in less time than a thread takes to be asked.
 */
export function openLedger(id: number): Ledger {
  const place = ledgerOf(id)
  mkdirSync(path.dirname(place), { recursive: true })
  const file = openSync(place, 'w')
  let lines = ''
  return {
    add: (key, { kind, hash }) => void (lines += `${JSON.stringify([key, kind, hash])}\n`),
    flush() {
      writeFileSync(file, lines)
      lines = ''
    },
    close: () => closeSync(file),
  }
}
