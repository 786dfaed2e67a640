import { readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { builtin, closeDescriber, look } from '@/lib/captioner/builtin'
import { describer } from '@/lib/captioner/builtin/describer'
import { CLAIM_THRESHOLD } from '@/lib/captioner/builtin/sight'
import { auc, derangement, detection } from '@/lib/claim/evaluate'
import { RateCounter, type BaseRates } from '@/lib/claim/presence'
import { DatasetSettings } from '@/lib/dataset/schema'
import { scoreOf, textsOf, type Case, type Row } from './case'
import { colourClaims, sideClaims } from './generated'
import { swapNouns } from './swap'

const DETAILED = { recipe: 'detailed', kind: 'detailed', prompt: { system: '', user: '' }, model: 'detector-v1', params: {} }
const MISALIGNED = DatasetSettings.parse({}).alignmentThreshold
const quantile = (values: readonly number[], q: number) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))]
const percent = (share: number) => `${(100 * share).toFixed(1)} %`

/** High-water mark of the describer's process, MB; null where the system does not tell. */
function memory(): number | null {
  try {
    const status = readFileSync(`/proc/${describer.pid ?? 0}/status`, 'utf8')
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024)
  } catch {
    return null
  }
}

async function lookAtAll(folder: string, rows: readonly Row[]) {
  const cases: Case[] = []
  const times: number[] = []
  for (const [i, row] of rows.entries()) {
    const bytes = readFileSync(path.join(folder, row.image))
    try {
      const began = performance.now()
      const sight = await look(bytes)
      if (i > 0) times.push(performance.now() - began) // the first one loads the models
      const { text: detailed } = await builtin.write({ ...DETAILED, media: bytes, mime: 'image/jpeg' }, new AbortController().signal)
      const [text = ''] = textsOf(row)
      cases.push({ row, text, sight, detailed })
    } catch (error) {
      console.error(`left out ${row.image}: ${error instanceof Error ? error.message : String(error)}`)
    }
    if (process.stderr.isTTY) process.stderr.write(`\r${i + 1} of ${rows.length}`)
  }
  return { cases, times, megabytes: memory() }
}

function alignment(cases: readonly Case[], rates: BaseRates, seeds: number) {
  const pairs = cases.filter((one) => one.text)
  const trues = pairs.map((one) => scoreOf(one.sight, one.text, rates))
  const below = (score: number | null) => score !== null && score < MISALIGNED
  const share = (values: readonly (number | null)[]) => values.filter(below).length / values.length
  const shuffled = Array.from({ length: seeds }, (_, seed) => {
    const order = derangement(pairs.length, seed + 1)
    return pairs.map((one, i) => scoreOf(one.sight, pairs[order[i]].text, rates))
  })
  const mean = (f: (run: readonly (number | null)[]) => number) => shuffled.reduce((sum, run) => sum + f(run), 0) / seeds
  const zero = (values: readonly (number | null)[]) => values.map((value) => value ?? 0)
  return { pairs: pairs.length, auc: mean((run) => auc(zero(trues), zero(run))), withEvidence: trues.filter((value) => value !== null).length / pairs.length, threshold: MISALIGNED, trueFlagged: share(trues), shuffledCaught: mean(share) }
}

/** Prints the table, writes the JSON where asked; resolves with the exit code. */
export async function evaluateFolder(folder: string, options: { json?: string; seeds: number }): Promise<number> {
  let rows: Row[]
  try {
    rows = readFileSync(path.join(folder, 'data.jsonl'), 'utf8').split('\n').filter((line) => line.trim()).map((line) => JSON.parse(line) as Row)
  } catch (error) {
    console.error(`${path.join(folder, 'data.jsonl')} cannot be read: ${error instanceof Error ? error.message : String(error)}. It holds one JSON object a line, with "image" and "captions" or "alt".`)
    return 1
  }
  const result = measure(path.basename(folder), await lookAtAll(folder, rows), options.seeds)
  await closeDescriber()
  if (options.json) writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`)
  print(result)
  return 0
}

type Result = ReturnType<typeof measure>

function measure(folder: string, { cases, times, megabytes }: Awaited<ReturnType<typeof lookAtAll>>, seeds: number) {
  const counter = new RateCounter()
  for (const one of cases) counter.add(one.sight)
  const rates = counter.rates()
  const boxed = cases.filter((one) => one.row.objects?.length)
  return {
    folder,
    pictures: cases.length,
    detection: boxed.length
      ? { threshold: CLAIM_THRESHOLD, pictures: boxed.length, ...detection(boxed.map(({ row, sight }) => ({ claimed: new Set(sight.objects.filter((one) => one.score >= CLAIM_THRESHOLD).map((one) => one.name)), boxes: (row.objects ?? []).map(({ label, box: [x0, y0, x1, y1] }) => ({ label, area: (x1 - x0) * (y1 - y0) })) }))) }
      : null,
    alignment: alignment(cases, rates, seeds),
    swappedNouns: swapNouns(cases, rates),
    sides: boxed.length ? sideClaims(boxed) : null,
    colours: colourClaims(cases),
    millisecondsAnImage: { median: Math.round(quantile(times, 0.5)), p95: Math.round(quantile(times, 0.95)) },
    megabytes,
    machine: { node: process.version, cores: os.cpus().length, load: Number(os.loadavg()[0].toFixed(1)), date: new Date().toISOString().slice(0, 10) },
  }
}

function print(result: Result): void {
  const { detection: found, alignment: fit, swappedNouns: swapped, sides, colours, machine } = result
  const lines: [string, string][] = [
    ['pictures', String(result.pictures)],
    ...(found ? [['detection', `at ${found.threshold}: precision ${percent(found.precision)}, recall ${percent(found.recall)}, F1 ${found.f1.toFixed(3)}; wrong classes ${percent(found.wrongShare)} (${found.wrong} of ${found.claimed}); ${found.pictures} pictures with boxes`] as [string, string]] : []),
    ['alignment', `AUC ${fit.auc.toFixed(3)} over ${fit.pairs} pairs; checkable ${percent(fit.withEvidence)}; below ${fit.threshold}: true ${percent(fit.trueFlagged)}, shuffled ${percent(fit.shuffledCaught)}`],
    ['swapped nouns', swapped.pairs ? `the true text scores higher in ${percent(swapped.truthHigher)} of ${swapped.pairs}, the same in ${percent(swapped.equal)}; AUC ${swapped.auc.toFixed(3)}` : 'no caption names a known thing'],
    ...(sides ? [['left and right', `${sides.claims} claims in our captions: ${sides.right} right, ${sides.wrong} wrong, ${sides.absent} about a thing without a box`] as [string, string]] : []),
    ['colours', colours.compared ? `${colours.same} of ${colours.compared} agree with the colour people name` : 'no colour to compare'],
    ['time', `median ${result.millisecondsAnImage.median} ms an image, p95 ${result.millisecondsAnImage.p95} ms; memory ${result.megabytes ?? '?'} MB`],
    ['machine', `Node ${machine.node}, ${machine.cores} cores, load ${machine.load}, ${machine.date}`],
  ]
  console.log(`\n${result.folder}`)
  for (const [name, value] of lines) console.log(`  ${name.padEnd(15)} ${value}`)
}
