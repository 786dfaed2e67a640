import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/**
 * A migrated home of its own for a test file. Call it before anything that imports `lib/db` or `lib/env` is loaded, and
 * load those by `await import(…)`: the environment is parsed once, at import.
 */
export async function freshHome(): Promise<{ home: string; remove: () => Promise<void> }> {
  const home = mkdtempSync(path.join(tmpdir(), 'recaption-test-'))
  process.env.RECAPTION_HOME = home
  const { migrate } = await import('@/scripts/migrate.mjs')
  migrate(path.join(home, 'recaption.db'))
  return {
    home,
    remove: async () => {
      const { closeDb } = await import('./db')
      await closeDb()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
