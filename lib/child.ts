import { fork, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The folder with package.json: above this file, or where the program was started when this file was bundled elsewhere. */
function projectRoot(): string {
  for (let dir = path.dirname(fileURLToPath(import.meta.url)); ; dir = path.dirname(dir)) {
    if (existsSync(path.join(/* turbopackIgnore: true */ dir, 'lib', 'child.ts'))) return dir
    if (dir === path.dirname(dir)) return /* turbopackIgnore: true */ process.cwd()
  }
}

const children = new Set<ChildProcess>()
/** Whether a process that `startChild` started still runs. */
export const childrenAlive = (): boolean => children.size > 0

/**
 * Starts `file` (a TypeScript program below the project's root) in a process of its own, in this process group, with a
 * channel for messages; its errors are printed, its standard output is not ours to use.
 */
export function startChild(file: string, args: readonly string[] = []): ChildProcess {
  const root = projectRoot()
  const tsx = pathToFileURL(path.join(/* turbopackIgnore: true */ root, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href
  const child = fork(/* turbopackIgnore: true */ path.join(/* turbopackIgnore: true */ root, file), [...args], { cwd: root, execArgv: ['--import', tsx], serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}
