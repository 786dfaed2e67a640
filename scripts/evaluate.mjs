// npm run evaluate -- <folder> [--json <file>]: how often the built-in checks are right, on pictures with captions.
import './node.mjs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { register } from 'tsx/esm/api'
import { prepare, root } from './prepare.mjs'

await prepare()
process.env.TSX_TSCONFIG_PATH = path.join(root, 'tsconfig.json')
register({ tsconfig: process.env.TSX_TSCONFIG_PATH })
const { evaluateFolder } = await import(pathToFileURL(path.join(root, 'scripts/evaluate/run.ts')).href)
const [folder, ...rest] = process.argv.slice(2)
if (!folder || folder.startsWith('-')) {
  console.error('npm run evaluate -- <folder with data.jsonl> [--json <file>] [--seeds <n>]\nRows: {"image": "a.jpg", "captions": ["…"]} or {"image": "a.jpg", "alt": "…"}, optional "objects": [{"label", "box": [x0, y0, x1, y1]}].')
  process.exit(2)
}
const at = process.env.INIT_CWD ?? '.'
const option = (name) => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : undefined)
process.exit(await evaluateFolder(path.resolve(at, folder), { json: option('--json') && path.resolve(at, option('--json')), seeds: Number(option('--seeds') ?? 5) }))
