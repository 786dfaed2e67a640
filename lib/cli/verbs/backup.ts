import path from 'node:path'
import { backup as backupTo, restore as restoreFrom } from '@/lib/review/backup-store'
import { env } from '@/lib/env'
import { migrate } from '@/scripts/migrate.mjs'
import type { Verb } from '../types'
import { counted } from '../values'

export const backup: Verb = {
  id: 'backup',
  usage: '<folder>',
  summary: 'Copy everything under RECAPTION_HOME to a new folder, while it runs.',
  options: {},
  takes: [1, 1],
  notes: ['Pictures that were not copied on import stay where they are. The cache is left out; it can be made again.'],
  async run([folder]) {
    const to = path.resolve(folder)
    const { madeAt, files } = await backupTo(to)
    return { result: { folder: to, madeAt, files: files.length }, text: `the database and ${counted(files.length, 'file')} in ${to}` }
  },
}

export const restore: Verb = {
  id: 'restore',
  usage: '<folder>',
  summary: 'Put a backup into an empty RECAPTION_HOME.',
  options: {},
  takes: [1, 1],
  notes: ['Refused while the home holds datasets, or a server or worker runs on it.'],
  async run([folder]) {
    const { madeAt, files } = await restoreFrom(path.resolve(folder))
    const migrations = migrate(env.database)
    return { result: { home: env.home, madeAt, files: files.length, migrations }, text: `${env.home} is as it was at ${madeAt}: the database and ${counted(files.length, 'file')}${migrations.length ? `, brought up to date by ${counted(migrations.length, 'migration')}` : ''}` }
  },
}
