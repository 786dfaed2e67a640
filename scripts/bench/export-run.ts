// The measured process: makes one release and prints what it cost. `export-run.ts <dataset> <format> <images>`.
import { rmSync } from 'node:fs'
import { closeDb } from '@/lib/db'
import { exportNow } from '@/lib/export/run'
import { Images } from '@/lib/export/schema'

const [dataset, format, images] = process.argv.slice(2)
const { seconds, path } = await exportNow({ dataset, format, images: Images.parse(images) })
if (!seconds) throw new Error('the release was there already')
console.log(JSON.stringify({ write: seconds.write, proof: seconds.proof, memory: Math.round(process.resourceUsage().maxRSS / 1024) }))
rmSync(path, { recursive: true })
await closeDb()
