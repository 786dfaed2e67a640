import { registry } from '../registry'
import { coco } from './coco'
import { csv } from './csv'
import { imagefolder } from './imagefolder'
import { img2dataset } from './img2dataset'
import { jsonl } from './jsonl'
import { kohya } from './kohya'
import { llava } from './llava'
import { parquet } from './parquet'
import { sidecar } from './sidecar'
import { tsv } from './tsv'
import type { Format, Source } from './types'
import { webdataset } from './webdataset'

/** What a source passed over is told with the problems of its rows. */
const withPassedOver = (format: Format): Format => {
  const { read } = format
  if (!read) return format
  return {
    ...format,
    async *read(source) {
      yield* read(source)
      if (source.problems.length > 0) yield source.problems
    },
  }
}

/** Every shape of dataset that can be read or written. */
export const formats = registry('format', ...[sidecar, imagefolder, parquet, webdataset, img2dataset, coco, csv, tsv, jsonl, kohya, llava].map(withPassedOver))

/** The formats a source may be, the surest first. */
export async function detectFormat(source: Source): Promise<readonly string[]> {
  const paths = await source.paths()
  const rated = await Promise.all(formats.all.map(async (format) => ({ id: format.id, sure: (await format.detect?.(paths, source)) ?? 0 })))
  return rated.filter(({ sure }) => sure > 0).sort((a, b) => b.sure - a.sure || (a.id < b.id ? -1 : 1)).map(({ id }) => id)
}
