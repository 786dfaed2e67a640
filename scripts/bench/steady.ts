import { cpus } from 'node:os'

export type Mark = { /** since the process began */ ms: number; /** processor time of this process, of all cores */ cpuMs: number; /** that of the whole machine */ machineMs: number; done: number }
export type Steady = { /** a second */ rate: number; /** of all cores, for each that was done */ cpuMs: number; /** the same of the whole machine: what else ran shows here */ machineMs: number }

const machine = () => cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)

/** Notes four times a second how much is done; the answer ends it and gives the notes. */
export function marking(done: () => number): () => Mark[] {
  const marks: Mark[] = []
  const mark = () => {
    const { user, system } = process.cpuUsage()
    marks.push({ ms: performance.now(), cpuMs: (user + system) / 1000, machineMs: machine(), done: done() })
  }
  mark()
  const timer = setInterval(mark, 250)
  return () => {
    clearInterval(timer)
    mark()
    return marks
  }
}

/**
 * Rate and cost in the middle of the work, from a fifth to nine tenths of it: loading modules at its beginning and waiting
 * for the last answers at its end weigh on a bench of a few hundred, and not on a run of a hundred thousand.
 */
export function steady(marks: readonly Mark[]): Steady {
  const all = marks[marks.length - 1].done
  const middle = marks.filter(({ done }) => done >= all * 0.2 && done <= all * 0.9)
  const [from, to] = middle.length > 1 ? [middle[0], middle[middle.length - 1]] : [marks[0], marks[marks.length - 1]]
  const done = to.done - from.done
  return { rate: (done * 1000) / (to.ms - from.ms), cpuMs: (to.cpuMs - from.cpuMs) / done, machineMs: (to.machineMs - from.machineMs) / done }
}
