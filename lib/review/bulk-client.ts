// A process that is killed in the middle of a bulk step by the crash test.
import { writeSync } from 'node:fs'
import { BulkInput, runBulk } from './bulk-store'

const [name, datasetId] = process.argv.slice(2)
writeSync(1, 'begun\n')
await runBulk({ reviewer: name }, Number(datasetId), BulkInput.parse({ act: 'approve' }))
writeSync(1, 'done\n')
process.exit(0)
