import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { look } from '@/lib/captioner/builtin'
import { bulk } from '@/lib/db'
import { env } from '@/lib/env'
import { AppError, messageOf } from '@/lib/errors'
import { workersAlive } from '@/lib/job/store'
import { encodePixels } from '@/lib/media/picture'
import { allowedRoots } from '@/lib/media/roots-store'
import type { Verb } from '../types'

type Finding = { what: string; ok: boolean; says: string }

async function find(what: string, look: () => string | Promise<string>): Promise<Finding> {
  try {
    return { what, ok: true, says: await look() }
  } catch (error) {
    return { what, ok: false, says: messageOf(error) }
  }
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`

export const doctor: Verb = {
  id: 'doctor',
  usage: '',
  summary: 'Say what works here and what does not, and how to mend it.',
  options: {},
  takes: [0, 0],
  async run() {
    const findings = await Promise.all([
      find('node', () => process.version),
      find('home', () => {
        accessSync(env.home, constants.R_OK | constants.W_OK)
        const { bavail, bsize } = statfsSync(env.home)
        if (bavail * bsize < 1e9) throw new AppError('unavailable', `${env.home}: only ${gigabytes(bavail * bsize)} free. Make room, or set RECAPTION_HOME.`)
        return `${env.home}, ${gigabytes(bavail * bsize)} free`
      }),
      find('database', () => {
        const [{ integrity_check: said }] = bulk().pragma('integrity_check(1)') as { integrity_check: string }[]
        if (said !== 'ok') throw new AppError('internal', `${env.database} is damaged: ${said}. Restore a backup with recaption restore.`)
        return `${env.database}, sound`
      }),
      find('roots', () => allowedRoots().map((root) => (existsSync(root) ? root : `${root} (not there)`)).join(', ')),
      find('describer', async () => {
        await look((await encodePixels({ data: new Uint8Array(64 * 64 * 3).fill(200), width: 64, height: 64 }, 'png')).bytes)
        return 'the built-in describer looks at pictures'
      }),
      find('endpoint', () => (env.openai.baseURL || env.openai.key ? `${env.openai.baseURL ?? 'the default address'}, ${env.openai.key ? 'with a key' : 'without a key'}` : 'none: set OPENAI_BASE_URL and OPENAI_API_KEY to use one')),
      find('worker', () => (workersAlive().length ? `${workersAlive().length} alive` : 'none alive; commands work in their own process')),
    ])
    const bad = findings.filter((one) => !one.ok)
    const lines = findings.map((one) => `${one.ok ? 'ok  ' : 'BAD '} ${one.what.padEnd(10)} ${one.says}`).join('\n')
    if (bad.length) throw new AppError('unavailable', `${bad.length} of ${findings.length} checks failed:\n${lines}`)
    return { result: { ok: true, findings }, text: lines }
  },
}
