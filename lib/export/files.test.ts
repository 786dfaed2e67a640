import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { migrate } from '@/scripts/migrate.mjs'

const MIGRATIONS = path.resolve(import.meta.dirname, '../../prisma/migrations')
const HERE = '20261127050000_release_files'

test('releases made before their files stood apart keep them all', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'recaption-files-'))
  try {
    const [file, before] = [path.join(folder, 'old.db'), path.join(folder, 'migrations')]
    for (const name of readdirSync(MIGRATIONS).filter((one) => /^\d/.test(one) && one < HERE)) cpSync(path.join(MIGRATIONS, name), path.join(before, name), { recursive: true })
    migrate(file, before)
    const db = new Database(file)
    const files = [{ path: 'a, “b”.png', bytes: 7, sha256: '00' }, { path: 'README.md', bytes: 5, sha256: 'ff' }]
    db.exec(`INSERT INTO Dataset (id, name) VALUES (1, 'old')`)
    const add = db.prepare(`INSERT INTO Release (datasetId, format, spec, manifest, path) VALUES (1, 'jsonl', '{}', ?, 'x')`)
    for (const manifest of [{ p: 0.95, files, samples: 2 }, { p: 1, files: [], samples: 0 }]) add.run(JSON.stringify(manifest))
    add.run(null)
    expect(migrate(file)).toContain(HERE)
    const rows = db.prepare(`SELECT manifest, fileTotals, files FROM Release ORDER BY id`).all() as Record<string, string | null>[]
    db.close()
    expect(rows.map((row) => Object.values(row).map((value) => value && (JSON.parse(value) as unknown)))).toEqual([
      [{ p: 0.95, samples: 2 }, { count: 2, bytes: 12 }, files],
      [{ p: 1, samples: 0 }, { count: 0, bytes: 0 }, []],
      [null, null, null],
    ])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
