// How near a run that makes pictures smaller comes to what sharp allows. Sharp, the run's own work and the endpoint share
// the cores, and what sharp does not get the run cannot have; so there are three floors, of the same pictures:
//   plain    bare sharp with its own settings: what a person would write in five lines
//   alone    sharp as the run asks for it, which is cheaper: the same pixels, without code tables of their own
//   posted   the same, each picture posted to the same endpoint by the least client there can be
// “No slower than sharp alone allows” is held against `plain`. `alone` cannot be reached where the cores are what is short,
// since sending and the endpoint take their part of them: it bounds what all of that may cost. Against `posted` stands what
// is the run's own beside sharp and sending: the ledger, the guards, the client, collecting garbage. All are rates in the
// middle of the work (steady.ts). What programs other than these took of the cores meanwhile is held against neither side;
// what stood idle is. The pictures lie in the managed store; one in a folder is hashed too, half a millisecond a megabyte.
import { randomBytes } from 'node:crypto'
import { cpus } from 'node:os'
import { encodePixels, resizePixels } from '@/lib/media/picture'
import { CONCURRENCY, measured, type Measured } from './recaption-measure'
import type { Steady } from './steady'

const SIDE = 1024
const [WIDTH, HEIGHT] = [1600, 1200]

/** Pictures of 1,600 × 1,200, as a web shop has them; of 12 megapixels only sharp would be measured. Each differs in its first rows. */
export async function largePictures(): Promise<(n: number) => Promise<Uint8Array>> {
  const large = await resizePixels({ data: randomBytes(400 * 300 * 3), width: 400, height: 300 }, WIDTH, HEIGHT)
  return async (n) => {
    large.data.fill(n % 256, 0, 3 * WIDTH)
    large.data.fill(n >> 8, 3 * WIDTH, 6 * WIDTH)
    return (await encodePixels(large, 'jpeg')).bytes
  }
}

type Part = Steady & { /** the endpoint's processor time, ms a picture */ endpointMs: number }
export type Resized = Record<'plain' | 'alone' | 'posted' | 'run', Part> & { memory: readonly number[] }

const othersMs = ({ cpuMs, machineMs, endpointMs }: Part) => Math.max(0, machineMs - cpuMs - endpointMs)

/** How much of the cores there was for a picture, used or idle: ms of one core. */
export const roomMs = (part: Part): number => (cpus().length * 1000) / part.rate - othersMs(part)

export const shown = (part: Part): string => `${part.rate.toFixed(1)} a second (${[part.cpuMs, part.endpointMs, othersMs(part)].map((ms) => ms.toFixed(1)).join(' + ')})`

/** Measures the floors and the run, one after the other. `folder`: where the pictures lie. */
export async function measureResized({ folder, baseURL, pictures, run }: { folder: string; baseURL: string; pictures: number; run: () => Promise<Measured> }): Promise<Resized> {
  const spent = async () => ((await (await fetch(`${baseURL}/cost`)).json()) as { ms: number }).ms
  async function part<T>(measure: () => Promise<T>): Promise<T & { endpointMs: number }> {
    const before = await spent()
    const measured = await measure()
    return { ...measured, endpointMs: ((await spent()) - before) / pictures }
  }
  const floor = (how: string) => part(() => measured<Steady>('./recaption-floor.ts', [folder, SIDE, CONCURRENCY, how, baseURL]))
  const [plain, alone, posted] = [await floor('plain'), await floor('alone'), await floor('posted')]
  const { steady, memory, endpointMs } = await part(run)
  return { plain, alone, posted, run: { ...steady, endpointMs }, memory }
}
