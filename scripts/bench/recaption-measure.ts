import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { workerEnv } from '@/scripts/worker-env.mjs'
import type { Steady } from './steady'

export const CONCURRENCY = 32
export const script = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** Runs a script of this folder in a process of its own, started as `serve` starts a worker, and reads the JSON it prints. */
export async function measured<T>(name: string, args: readonly (string | number)[], env: Record<string, string> = {}): Promise<T> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script(name), ...args.map(String)], { env: { ...process.env, ...workerEnv, ...env }, maxBuffer: 64 << 20 })
  return JSON.parse(stdout) as T
}

export type Measured = { done: number; seconds: number; /** of all cores */ cpuMs: number; /** resident MB, four times a second */ memory: number[]; steady: Steady }

export const most = (list: readonly number[]): number => Math.round(Math.max(...list))
