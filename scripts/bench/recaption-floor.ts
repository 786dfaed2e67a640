// What sharp alone allows: makes every picture of a folder ready to be sent, as many at a time as the run has calls, and
// nothing else. Prints the seconds.
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { reencode } from '@/lib/media/picture'

const [folder, side, concurrency] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])]
const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name))
const began = performance.now()
await Promise.all(
  Array.from({ length: concurrency }, async () => {
    for (let file = files.pop(); file; file = files.pop()) await reencode(await readFile(file), { longestSide: side, format: 'jpeg' })
  }),
)
console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000 }))
