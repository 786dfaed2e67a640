// Where the pinned Node is, and whether this one will do. No side effects.
import { fileURLToPath } from 'node:url'

const [major, minor] = process.versions.node.split('.').map(Number)
export const tooOld = major < 22 || (major === 22 && minor < 18)
export const pinned = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))

export function orStop(why) {
  console.error(`Recaption needs Node 22.18 or newer; this is ${process.version}. ${why}`)
  process.exit(1)
}
