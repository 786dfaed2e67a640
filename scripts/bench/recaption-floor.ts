// What sharp allows: makes every picture of a folder ready to be sent, as many at a time as the run has calls, and nothing
// else. `plain`: bare sharp with its own settings; `alone`: as the run has it made; `posted`: that, and each picture goes
// to the endpoint by the least client there can be. Prints rate and cost.
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import http from 'node:http'
import path from 'node:path'
import sharp from 'sharp'
import { reencode } from '@/lib/media/picture'
import { marking, steady } from './steady'

const [folder, side, concurrency, how, endpoint] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4]), process.argv[5], process.argv[6]]
const QUALITY = 88 // as `reencode`
const agent = new http.Agent({ keepAlive: true })

const plain = async (file: Buffer) => void (await sharp(file).resize(side, side, { fit: 'inside', withoutEnlargement: true }).jpeg({ quality: QUALITY }).toBuffer())
const made = async (file: Buffer) => Buffer.from((await reencode(file, { longestSide: side, format: 'jpeg', quality: QUALITY })).bytes)
const post = (picture: Buffer) =>
  new Promise<void>((resolve, reject) => {
    const base64 = picture.toString('base64')
    const request = http.request(`${endpoint}/chat/completions`, { method: 'POST', agent, headers: { 'content-length': base64.length } }, (response) => response.resume().once('end', resolve))
    request.once('error', reject).end(base64, 'latin1')
  })
const ways: Record<string, (file: Buffer) => Promise<void>> = { plain, alone: async (file) => void (await made(file)), posted: async (file) => post(await made(file)) }

const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name))
let done = 0
const marks = marking(() => done)
await Promise.all(
  Array.from({ length: concurrency }, async () => {
    for (let file = files.pop(); file; file = files.pop()) {
      await ways[how](await readFile(file))
      done++
    }
  }),
)
console.log(JSON.stringify(steady(marks())))
process.exit()
