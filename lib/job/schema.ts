import { z } from 'zod'

const id = z.number().int().positive()
const ofDataset = z.object({ datasetId: id })

/** Every kind of work a worker does, with its payload: ids only, the row they name holds the truth. */
export const jobPayloads = {
  import: z.object({ importId: id }),
  check: ofDataset,
  describe: ofDataset,
  claims: ofDataset,
  ask: ofDataset,
  words: ofDataset,
  stats: ofDataset,
  fetch: ofDataset,
  plan: z.object({ planId: id }),
  run: z.object({ runId: id }),
  batch: z.object({ batchId: id }),
  export: z.object({ releaseId: id }),
} as const

export type JobKind = keyof typeof jobPayloads
export type JobPayload<K extends JobKind> = z.infer<(typeof jobPayloads)[K]>
export const jobKinds = Object.keys(jobPayloads) as JobKind[]

/** How many jobs of a kind one worker runs side by side: a long import never holds up a run, nor one run another. */
export const jobsAtOnce: Readonly<Record<JobKind, number>> = { import: 1, check: 1, describe: 1, claims: 1, ask: 1, words: 1, stats: 1, fetch: 1, plan: 2, run: 4, batch: 1, export: 1 }

/** Kinds whose rows share out the work, so that several workers may serve one payload at a time. */
export const sharedKinds: readonly JobKind[] = ['run']

export type JobStatus = 'queued' | 'running' | 'done' | 'failed'
export type JobRow = { id: number; kind: JobKind; payload: string; status: JobStatus; attempts: number; owner: string | null; error: string | null }
