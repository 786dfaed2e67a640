import type { Metric } from './types'

/** A measure of a whole kind: one value of all its texts, repeated for each. */
export function kindMetric(metric: Omit<Metric, 'per' | 'measure' | 'version'> & { version?: number; of: (texts: readonly string[]) => number | null }): Metric {
  const { of, version = 1, ...rest } = metric
  return {
    ...rest,
    version,
    per: 'kind',
    async measure(batch, signal) {
      signal.throwIfAborted()
      const value = of(batch.map((one) => one.text))
      return batch.map(() => value)
    },
  }
}

/** A measure of one caption. */
export function captionMetric(metric: Omit<Metric, 'per' | 'measure' | 'version'> & { version?: number; of: (text: string) => number | null }): Metric {
  const { of, version = 1, ...rest } = metric
  return {
    ...rest,
    version,
    per: 'caption',
    async measure(batch, signal) {
      signal.throwIfAborted()
      return batch.map((one) => of(one.text))
    },
  }
}

/** Ten bins of a share. */
export const tenths: Metric['bins'] = Array.from({ length: 10 }, (_, i) => [`${i * 10}–${i * 10 + 10} %`, i / 10, i === 9 ? Number.POSITIVE_INFINITY : (i + 1) / 10] as const)
/** Bins between these edges; the last one is open. */
export const between = (...edges: number[]): Metric['bins'] => edges.map((from, i) => (i === edges.length - 1 ? ([`${from} and more`, from, Number.POSITIVE_INFINITY] as const) : ([`${from}–${edges[i + 1]}`, from, edges[i + 1]] as const)))
