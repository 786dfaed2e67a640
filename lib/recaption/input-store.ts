import { z } from 'zod'
import { headOf } from '@/lib/caption/head'
import type { CaptionView } from '@/lib/caption/schema'
import { captionsOf } from '@/lib/caption/store'
import type { RecipeInput } from '@/lib/recipe/types'
import { prepared, valueOf } from '@/lib/prepared'

export type SampleInput = { sampleId: number; mediaId: number | null; input: RecipeInput; /** the old caption that a recipe may be given */ old?: CaptionView }
export type InputOptions = { kind: string; /** "correct@1" */ stamp: string; keepsKind: boolean; /** the recipe mends a caption */ mends: boolean; another: boolean; rejectedFor?: string; hint?: string; examples?: readonly { before: string; after: string }[] }

const Lines = z.object({ lines: z.array(z.object({ text: z.string() })) })
const Reasons = z.array(z.string())

/** The latest rejection in force of each caption, with what was said. */
function rejections(captionIds: readonly number[]): Map<number, { reasons: string[]; note: string }> {
  const rows = prepared(`SELECT captionId, reasons, note FROM Verdict WHERE captionId IN (SELECT value FROM json_each(?)) AND decision = 'reject' ORDER BY id`).all(JSON.stringify(captionIds)) as { captionId: number; reasons: string; note: string }[]
  return new Map(rows.map((row) => [row.captionId, { reasons: Reasons.parse(JSON.parse(row.reasons)), note: row.note }]))
}

const grouped = <T extends { id: number; text: string }>(rows: readonly T[]) => Map.groupBy(rows, (row) => row.id)

/** Claims of these captions that the picture contradicts, unless a person kept them. */
const contradicted = (captionIds: readonly number[]) =>
  grouped(prepared(`SELECT captionId AS id, text FROM Claim WHERE captionId IN (SELECT value FROM json_each(?)) AND verdict = 'contradicted' AND decision IS NOT 'keep' ORDER BY id`).all(JSON.stringify(captionIds)) as { id: number; text: string }[])

/** Lines of text that were read off these pictures. */
function linesOn(mediaIds: readonly number[]): Map<number, string[]> {
  const rows = prepared(`SELECT mediaId, data FROM Sight WHERE mediaId IN (SELECT value FROM json_each(?)) ORDER BY version`).all(JSON.stringify(mediaIds)) as { mediaId: number; data: string }[]
  return new Map(rows.flatMap((row) => {
    const seen = Lines.safeParse(JSON.parse(row.data))
    return seen.success ? [[row.mediaId, seen.data.lines.map((line) => line.text)] as const] : []
  }))
}

/** The caption to mend: the newest rejected one (for the reason, when one is given) whose kind has no head by a person and that this recipe has not mended since, else the newest head. */
function toMend(captions: readonly CaptionView[], said: ReturnType<typeof rejections>, options: InputOptions): CaptionView | undefined {
  const texts = captions.filter((one) => one.kind !== 'alt' && !one.retired && (options.keepsKind || one.kind === options.kind))
  const byPerson = new Set(texts.filter((one) => one.origin === 'human' && one.standing !== 'rejected').map((one) => one.kind))
  const mended = (old: CaptionView) => !options.another && texts.some((one) => one.kind === old.kind && one.recipe === options.stamp && one.standing !== 'rejected' && one.id >= old.id)
  const open = texts.filter((one) => !byPerson.has(one.kind) && !mended(one))
  const rejected = open.filter((one) => one.standing === 'rejected' && (!options.rejectedFor || said.get(one.id)?.reasons.includes(options.rejectedFor)))
  return rejected.at(-1) ?? (options.rejectedFor ? undefined : open.at(-1))
}

/** The caption to build on: the head of the most telling kind. */
function toBuildOn(captions: readonly CaptionView[], kind: string): CaptionView | undefined {
  const kinds = ['detailed', 'short', kind, ...captions.map((one) => one.kind).filter((one) => one !== 'alt')]
  return kinds.map((one) => headOf(captions, one)).find((head) => head !== undefined)
}

/** Everything recipes may read of these samples, in four queries. Samples that are gone are left out. */
export function inputsOf(sampleIds: readonly number[], options: InputOptions): Map<number, SampleInput> {
  const rows = prepared(`SELECT id, key, mediaId, meta FROM Sample WHERE id IN (SELECT value FROM json_each(?))`).all(JSON.stringify(sampleIds)) as { id: number; key: string; mediaId: number | null; meta: string | null }[]
  const captions = Map.groupBy(captionsOf(sampleIds), (caption) => caption.sampleId)
  const rejected = [...captions.values()].flat().filter((caption) => caption.standing === 'rejected').map((caption) => caption.id)
  const said = rejected.length ? rejections(rejected) : new Map<number, { reasons: string[]; note: string }>()
  const old = new Map(rows.map((row) => [row.id, options.mends ? toMend(captions.get(row.id) ?? [], said, options) : toBuildOn(captions.get(row.id) ?? [], options.kind)]))
  const wrong = contradicted([...old.values()].flatMap((caption) => (caption ? [caption.id] : [])))
  const lines = linesOn(rows.flatMap((row) => (row.mediaId === null ? [] : [row.mediaId])))
  return new Map(
    rows.map((row) => {
      const caption = old.get(row.id)
      const verdict = caption && said.get(caption.id)
      const alt = (captions.get(row.id) ?? []).find((one) => one.kind === 'alt' && !one.retired)?.text
      const ocr = row.mediaId === null ? undefined : lines.get(row.mediaId)
      const input: RecipeInput = {
        key: row.key,
        alt: alt || undefined,
        caption: caption?.text,
        reasons: verdict?.reasons,
        note: verdict?.note || undefined,
        contradicted: caption && wrong.get(caption.id)?.map((claim) => claim.text),
        hint: options.hint,
        ocr: ocr?.length ? ocr : undefined,
        meta: row.meta ? z.record(z.string(), z.unknown()).parse(JSON.parse(row.meta)) : undefined,
        examples: options.examples?.length ? options.examples : undefined,
      }
      return [row.id, { sampleId: row.id, mediaId: row.mediaId, input, old: caption }]
    }),
  )
}

/** How many samples of a dataset have this very text of this kind already, counted to 100; texts that came with the data do not count. */
export const sameTextCount = (datasetId: number, kind: string, hash: string): number =>
  valueOf<number>(`SELECT count(*) FROM (SELECT DISTINCT c.sampleId FROM TextHash h CROSS JOIN Caption c ON c.id = h.captionId WHERE h.hash = ? AND c.datasetId = ? AND c.kind = ? AND c.origin <> 'source' AND c.retiredAt IS NULL LIMIT 100)`, hash, datasetId, kind) ?? 0

export const keysOf = (sampleIds: readonly number[]): Map<number, string> =>
  new Map((prepared(`SELECT id, key FROM Sample WHERE id IN (SELECT value FROM json_each(?))`).all(JSON.stringify(sampleIds)) as { id: number; key: string }[]).map((row) => [row.id, row.key]))
