import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import Database from 'better-sqlite3'
import { bulk, closeDb, DB_CLOCK, now } from '@/lib/db'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { aside, checkBackup, copyFiles, DATABASE, filesBelow, hashFile, writeManifest, type BackupManifest } from './backup'

/** All pages in one step: a read of one moment, which writers in other processes do not disturb and which does not disturb them. */
const ALL_PAGES = 2_147_483_647
/** A worker or server that was seen this recently, in ms, is alive. */
const ALIVE = 30_000

/** Copies all of the home but caches to a new folder while everything runs; the database as of one moment, then the files. */
export async function backup(to: string): Promise<BackupManifest> {
  const target = path.resolve(to)
  if (existsSync(target)) throw new AppError('invalid', `${target} exists already. Name a folder that does not.`)
  if (`${target}${path.sep}`.startsWith(`${env.home}${path.sep}`)) throw new AppError('invalid', `A backup inside ${env.home} would back itself up. Name a folder elsewhere.`)
  await mkdir(path.dirname(target), { recursive: true })
  let manifest: BackupManifest | undefined
  await aside(target, async (partial) => {
    const copy = path.join(partial, DATABASE)
    const source = new Database(env.database, { readonly: true, timeout: 5000 })
    try {
      await source.backup(copy, { progress: () => ALL_PAGES })
    } finally {
      source.close()
    }
    checkDatabase(copy)
    const files = await copyFiles(env.home, partial, await filesBelow(env.home))
    manifest = { version: 1, madeAt: now(), database: await hashFile(copy), files }
    await writeManifest(partial, manifest)
  })
  if (!manifest) throw new AppError('internal', 'The backup ended without a manifest.')
  return manifest
}

function checkDatabase(file: string): void {
  const copy = new Database(file)
  try {
    // One file without a write-ahead log beside it can be carried anywhere.
    copy.pragma('journal_mode = DELETE')
    const answer = copy.pragma('quick_check', { simple: true })
    if (answer !== 'ok') throw new AppError('internal', `The copy of the database is damaged: ${String(answer)}. Nothing was backed up.`)
  } finally {
    copy.close()
  }
}

/**
 * Puts a backup into an empty home. Refused while the home holds datasets or a server or worker runs on it. Start Recaption
 * again afterwards: it brings an older database up to date.
 */
export async function restore(from: string): Promise<BackupManifest> {
  const source = path.resolve(from)
  const manifest = await checkBackup(source)
  const datasets = bulk().prepare(`SELECT count(*) FROM Dataset`).pluck().get() as number
  if (datasets) throw new AppError('refused', `${env.home} holds ${datasets} ${datasets === 1 ? 'dataset' : 'datasets'}. Restore into an empty RECAPTION_HOME, so that nothing is overwritten.`)
  const alive = bulk().prepare(`SELECT count(*) FROM Heartbeat WHERE seenAt > ${DB_CLOCK} - ?`).pluck().get(ALIVE) as number
  if (alive) throw new AppError('refused', `Recaption is running on ${env.home}. Stop it, then restore.`)
  await closeDb()
  const fresh = path.join(path.dirname(env.home), `.${path.basename(env.home)}-restored`)
  await rm(fresh, { recursive: true, force: true })
  await aside(fresh, async (partial) => {
    await copyFiles(source, partial, [DATABASE, ...manifest.files.map((file) => file.path)])
    const found = await hashFile(path.join(partial, DATABASE))
    if (found.sha256 !== manifest.database.sha256) throw new AppError('unavailable', 'The database changed while it was copied. Try again.')
  })
  // The database goes last: until it is there, the home is still empty and the restore can be repeated.
  for (const name of new Set(manifest.files.map((file) => file.path.split(path.sep)[0]))) {
    await rm(path.join(env.home, name), { recursive: true, force: true })
    await rename(path.join(fresh, name), path.join(env.home, name))
  }
  for (const tail of ['-wal', '-shm', '']) await rm(`${env.database}${tail}`, { force: true })
  await rename(path.join(fresh, DATABASE), env.database)
  await rm(fresh, { recursive: true, force: true })
  const restored = new Database(env.database)
  restored.pragma('journal_mode = WAL')
  restored.close()
  return manifest
}
