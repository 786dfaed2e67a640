// The process that the kill test kills: waits for a word, then exports, with a line on standard output when it begins.
import { once } from 'node:events'
import { exportNow } from './run'

await once(process.stdin, 'data')
process.stdout.write('begins\n')
const [out, dataset, format] = process.argv.slice(2)
await exportNow({ dataset, format, out }, { anywhere: true })
process.exit(0)
