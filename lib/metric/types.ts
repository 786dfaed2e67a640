export type MetricInput = { text: string; captionId?: number }

/** What is measured. One file in lib/metric/, one line in the registry, one in the README, the contract test. */
export interface Metric {
  /** Stored; never renamed. */
  readonly id: string
  readonly version: number
  readonly label: string
  readonly unit: string
  /** How it draws itself: label, from (inclusive), to (exclusive). */
  readonly bins: readonly (readonly [label: string, from: number, to: number])[]
  /** per caption: one value each; per kind: one value for the whole batch, repeated. */
  readonly per: 'caption' | 'kind'
  /** As many values as inputs; null = not measurable. */
  measure(batch: readonly MetricInput[], signal: AbortSignal): Promise<readonly (number | null)[]>
}
