import { countTokens } from '@/lib/caption/count-tokens'
import { askClaims } from '@/lib/claim/ask-run'
import { checkEvidence, ratesOf } from '@/lib/claim/run'
import { measureWordModel } from '@/lib/claim/word-run'
import { datasetById } from '@/lib/dataset/store'
import { runRelease } from '@/lib/export/run'
import { checkDataset } from '@/lib/flag/run'
import { examine } from '@/lib/import/examine'
import { continueImport } from '@/lib/import/start'
import { importById } from '@/lib/import/store'
import type { Handlers } from '@/lib/job/loop'
import { enqueue } from '@/lib/job/store'
import { measureDataset } from '@/lib/metric/run'
import { executePlan } from '@/lib/recaption/plan'
import { executeRun } from '@/lib/recaption/run'
import { runById } from '@/lib/recaption/store'
import { measureDisagreement } from '@/lib/review/queue-store'
import { applyBatch } from '@/lib/review/run'
import { checkAll } from './check'

/** What a worker does with each kind of job: the one place where the stages meet. */
export const handlers: Handlers = {
  async import({ importId }, { signal }) {
    const { datasetId } = importById(importId)
    const dataset = await datasetById(datasetId)
    await continueImport(importId, dataset.name, { signal })
    await checkDataset(dataset, { signal, filter: `import:${importId}` })
    await countTokens(datasetId, signal)
    enqueue('describe', { datasetId })
  },
  async check({ datasetId }, { signal }) {
    await checkAll(await datasetById(datasetId), { signal })
    await measureDisagreement(datasetId, '', signal)
  },
  async describe({ datasetId }, { signal }) {
    const dataset = await datasetById(datasetId)
    await examine(dataset, { signal })
    await checkEvidence(dataset, { signal })
  },
  async claims({ datasetId }, { signal }) {
    await checkEvidence(await datasetById(datasetId), { signal })
    await measureDisagreement(datasetId, '', signal)
  },
  async ask({ datasetId }, { signal }) {
    const dataset = await datasetById(datasetId)
    if (dataset.settings.claimModel) await askClaims(dataset, dataset.settings.claimModel, { signal })
  },
  async words({ datasetId }, { signal }) {
    await measureWordModel(await datasetById(datasetId), ratesOf(datasetId), signal)
  },
  async stats({ datasetId }, { signal }) {
    await measureDataset(datasetId, { signal })
  },
  async fetch({ datasetId }, { signal }) {
    await examine(await datasetById(datasetId), { signal, fetch: true })
    enqueue('describe', { datasetId })
  },
  plan: ({ planId }, { signal }) => executePlan(planId, { signal }),
  async run({ runId }, { signal, owner }) {
    const status = await executeRun(runId, { signal, owner })
    const { datasetId } = runById(runId)
    await countTokens(datasetId, signal)
    if (status !== 'done') return
    enqueue('claims', { datasetId })
    enqueue('stats', { datasetId })
  },
  batch: ({ batchId }) => applyBatch(batchId),
  async export({ releaseId }, { signal }) {
    await runRelease(releaseId, { signal })
  },
}
