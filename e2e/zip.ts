import { createWriteStream, readFileSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'

export const SAMPLE = path.join(import.meta.dirname, '../test-results/e2e-home/sample')

/** A zip as a person has it: pictures of the sample, and a table with a text column. */
export async function zipOf(to: string, pairs: readonly (readonly [picture: string, text: string])[]): Promise<void> {
  const zip = new ZipFile()
  for (const [picture] of pairs) zip.addBuffer(readFileSync(path.join(SAMPLE, picture)), `photos/${picture}`)
  zip.addBuffer(Buffer.from(pairs.map(([picture, text]) => `${JSON.stringify({ file_name: picture, text })}\n`).join('')), 'photos/metadata.jsonl')
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(to))
}
