import { inspectPicture, pixels, resizePixels } from '@/lib/media/picture'
import { CLASSES } from './classes'
import { dominantColour, palette } from './colour'
import type { Detectors } from './detectors'
import { dropDuplicates, fuse } from './fusion'
import { area, type Detection } from './geometry'
import type { Reader } from './reader'
import { readScene, SCENE_GRID } from './scene'
import { packLook } from './whole'
import type { SeenClass, SeenObject, Sight } from './sight'
import { commonestShare, flatShare, graphicScore, light, typeOf } from './statistics'

const DECODE_SIDE = 1024
const STATISTICS_SIDE = 96
/** Fused boxes below this score are not kept. */
const OBJECT_FLOOR = 0.05
const COUNTED = 0.25
/** A picture with an object of this score counts as less graphic-like. */
const OBJECT_SEEN = 0.27
/** Colour is measured on boxes of at least this share of the picture; never on people. */
const COLOUR_AREA = 0.01
const COLOUR_INSET = 0.22

const round = (value: number, digits = 4) => Math.round(value * 10 ** digits) / 10 ** digits
const rounded = (record: Record<string, number>) => Object.fromEntries(Object.entries(record).map(([key, value]) => [key, round(value)]))

/** Per class: best score, its area, and how many boxes count, all before duplicates are dropped. */
function classesOf(found: readonly Detection[]): Record<string, SeenClass> {
  const classes: Record<string, SeenClass> = {}
  for (const { class: index, score, box } of found) {
    const seen = (classes[CLASSES[index]] ??= { score: round(score), area: round(area(box)), count: 0 })
    if (score > COUNTED) seen.count++
  }
  return classes
}

/** Everything that is found on one picture. `stop` is called between steps and may throw. */
export async function lookAt(bytes: Uint8Array, { detectors, reader }: { detectors: Detectors; reader: Reader }, stop: () => void): Promise<Sight> {
  const { width, height } = await inspectPicture(bytes)
  const picture = await pixels(bytes, DECODE_SIDE)
  stop()
  const centernet = await detectors.centernet(picture)
  stop()
  const ssd = await detectors.ssd(picture)
  stop()
  const scene = readScene(ssd.features, await resizePixels(picture, SCENE_GRID, SCENE_GRID))
  const lines = await reader(picture, stop)
  const fused = fuse(centernet, ssd.found)
  const single = dropDuplicates(fused)
  const small = await resizePixels(picture, STATISTICS_SIDE, STATISTICS_SIDE)
  const score = graphicScore({ flat: flatShare(picture), commonest: commonestShare(small), textLines: lines.length, objects: single.filter((one) => one.score >= OBJECT_SEEN).length })
  const objects = single.filter((one) => one.score >= OBJECT_FLOOR).map(({ class: index, score, box }): SeenObject => {
    const name = CLASSES[index]
    const colour = name !== 'person' && area(box) > COLOUR_AREA ? dominantColour(picture, box, COLOUR_INSET) : null
    const [x0, y0, x1, y1] = box
    return { name, score: round(score), box: [round(x0), round(y0), round(x1), round(y1)], area: round(area(box)), colour: colour && { name: colour.name, share: round(colour.share, 2) } }
  })
  const { brightness, blackAndWhite } = light(small)
  return {
    width,
    height,
    type: typeOf(score, lines.length),
    graphicScore: round(score, 2),
    blackAndWhite,
    brightness: Math.round(brightness),
    palette: palette(small).map(({ name, share }) => ({ name, share: round(share, 3) })),
    objects,
    classes: classesOf(fused),
    scene: rounded(scene.probability),
    sceneShare: rounded(scene.share),
    lines,
    textArea: round(lines.reduce((sum, { box }) => sum + area(box), 0)),
    look: packLook(ssd.features),
  }
}
