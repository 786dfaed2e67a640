import { cutsOf } from '@/lib/caption/cuts'
import type { Cuts } from '@/lib/caption/limits'
import type { Format, Mapping, Source } from '@/lib/format/types'
import { isProblem } from '@/lib/format/types'
import type { ImportProblemView, PreviewRequest } from './schema'
import { openSource } from './source'

export type PreviewSample = { key: string; picture?: string; captions: readonly { text: string; kind: string; origin: string; model?: string; /** where encoders stop reading it */ cuts: Cuts }[]; meta?: Readonly<Record<string, unknown>> }
export type ImportPreview = {
  format: string
  label: string
  files: number
  /** columns with rows as they stand, when there is something to map */
  columns: readonly string[]
  rows: readonly (readonly unknown[])[]
  mapping: Mapping
  /** the first samples as they would be imported */
  samples: readonly PreviewSample[]
  problems: readonly ImportProblemView[]
}

const SHOWN = 10

async function firstSamples(format: Format, source: Source): Promise<Pick<ImportPreview, 'samples' | 'problems'>> {
  const samples: PreviewSample[] = []
  const problems: ImportProblemView[] = []
  for await (const batch of format.read!(source)) {
    for (const item of batch) {
      if (isProblem(item)) problems.push({ path: item.path, line: item.line, why: item.problem })
      else if (item.missing !== undefined) problems.push({ path: item.at?.path ?? item.key, line: item.at?.line, why: `There is no picture at “${item.missing}”.` })
      else if (samples.length < SHOWN) samples.push({ key: item.key, picture: item.image?.place === 'url' ? item.image.url : item.image?.place, captions: item.captions.map((caption) => ({ ...caption, cuts: cutsOf(caption.text) })), meta: item.meta })
      if (problems.length >= SHOWN) break
    }
    if (samples.length >= SHOWN || problems.length >= SHOWN) break
  }
  return { samples, problems }
}

/** What a source holds and how it would be read: format, guessed mapping, ten rows and ten samples, problems so far. Nothing is written. */
export async function previewImport(request: PreviewRequest, options: { trusted?: boolean } = {}): Promise<ImportPreview> {
  const { source, format, close } = await openSource(request, options)
  try {
    const files = (await source.paths()).length
    const table = await format.columns?.(source)
    const first = await firstSamples(format, source)
    return { format: format.id, label: format.label, files, columns: table?.columns ?? [], rows: table?.rows ?? [], mapping: table?.guess ?? source.mapping, ...first }
  } finally {
    await close()
  }
}
