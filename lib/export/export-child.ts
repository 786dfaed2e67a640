// The process that the kill test kills: one export, with a line on standard output when it begins.
import { exportNow } from './run'

process.stdout.write('begins\n')
await exportNow({ dataset: 'big', format: 'jsonl', images: 'reference', out: process.argv[2] }, { anywhere: true })
process.exit(0)
