import { readSource, SOURCES } from '@/scripts/models.mjs'
import { cutPixels, resizePixels, type Pixels } from '@/lib/media/picture'
import { floats, planes, session } from './detectors'
import type { Box } from './sight'
import { readLetters, textRegions } from './text-regions'
import { restoreSpaces } from './words'

/** Longer side at which text is looked for. */
const FIND_SIDE = 960
const LARGEST_ENLARGEMENT = 1.5
const STEP = 32 // the text finder wants sides that are multiples of this
const LINE_HEIGHT = 48
const LONGEST_LINE = 960
const MOST_LINES = 40
/** Lines the reader itself is less sure of are not kept. */
const LEAST_SCORE = 0.8
const MEAN = [0.485, 0.456, 0.406]
const DEVIATION = [0.229, 0.224, 0.225]

export type Line = { text: string; score: number; box: Box }
export type Reader = (picture: Pixels, stop: () => void) => Promise<Line[]>

const multiple = (value: number) => Math.max(STEP, Math.round(value / STEP) * STEP)
const round = (value: number) => Math.round(value * 1000) / 1000

/** From top to bottom, within a row from left to right. */
const inReadingOrder = (a: Line, b: Line) => (Math.abs(a.box[1] - b.box[1]) > 0.02 ? a.box[1] - b.box[1] : a.box[0] - b.box[0])

/** PP-OCRv4 (PaddleOCR): finds lines of text and reads them. `stop` is called between steps and may throw. */
export async function loadReader(threads: number): Promise<Reader> {
  const [[finderFile], [readerFile], [lettersFile]] = [SOURCES.textFinder, SOURCES.textReader, SOURCES.letters].map((source) => readSource(source))
  const [finder, reader] = await Promise.all([session(finderFile, threads), session(readerFile, threads)])
  // Index 0 is the blank of the reader's alphabet; the space is not in the file.
  const letters = ['', ...lettersFile.toString('utf8').replace(/\r/g, '').replace(/\n$/, '').split('\n'), ' ']

  async function textMap(picture: Pixels) {
    const scale = Math.min(LARGEST_ENLARGEMENT, FIND_SIDE / Math.max(picture.width, picture.height))
    const small = await resizePixels(picture, multiple(picture.width * scale), multiple(picture.height * scale))
    const input = planes(small, DEVIATION.map((d) => 1 / (255 * d)), MEAN.map((m, i) => -m / DEVIATION[i]), true)
    const out = await finder.run({ [finder.inputNames[0]]: input })
    return { map: floats(out[finder.outputNames[0]], 'text map'), width: small.width, height: small.height }
  }

  async function read(picture: Pixels, box: Box): Promise<Line | null> {
    const left = Math.floor(box[0] * picture.width)
    const top = Math.floor(box[1] * picture.height)
    const width = Math.min(picture.width - left, Math.ceil((box[2] - box[0]) * picture.width))
    const height = Math.min(picture.height - top, Math.ceil((box[3] - box[1]) * picture.height))
    if (width < 4 || height < 4) return null
    const turned = height > width * 1.8
    const length = LINE_HEIGHT * (turned ? height / width : width / height)
    const line = await cutPixels(picture, { left, top, width, height }, { width: Math.max(16, Math.min(LONGEST_LINE, Math.round(length))), height: LINE_HEIGHT, turned })
    const even = (value: number) => [value, value, value]
    const out = await reader.run({ [reader.inputNames[0]]: planes(line, even(2 / 255), even(-1), true) })
    const { text, score } = readLetters(floats(out[reader.outputNames[0]], 'letters'), letters)
    if (score < LEAST_SCORE || !/[A-Za-z0-9]/.test(text)) return null
    return { text: restoreSpaces(text), score: round(score), box: [round(box[0]), round(box[1]), round(box[2]), round(box[3])] }
  }

  return async (picture, stop) => {
    const { map, width, height } = await textMap(picture)
    const boxes = textRegions(map, width, height).slice(0, MOST_LINES)
    const lines: Line[] = []
    for (const box of boxes) {
      stop()
      const line = await read(picture, box)
      if (line) lines.push(line)
    }
    return lines.sort(inReadingOrder)
  }
}
