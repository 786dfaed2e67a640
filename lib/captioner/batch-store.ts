import { db } from '@/lib/db'
import type { Packed } from './batch-file'

export type RemoteBatchRow = { id: number; runId: number; captioner: string; token: string; file: string; requests: number; inputFile: string | null; batch: string | null; status: string; collected: boolean }

type Row = NonNullable<Awaited<ReturnType<Awaited<ReturnType<typeof db>>['remoteBatch']['findFirst']>>>
const view = ({ createdAt: _, collectedAt, ...row }: Row): RemoteBatchRow => ({ ...row, collected: collectedAt !== null })

export const addBatch = async (runId: number, captioner: string, { token, file, requests }: Packed): Promise<RemoteBatchRow> => view(await (await db()).remoteBatch.create({ data: { runId, captioner, token, file, requests } }))

/** The batches of a run, oldest first. */
export const batchesOf = async (runId: number): Promise<RemoteBatchRow[]> => (await (await db()).remoteBatch.findMany({ where: { runId }, orderBy: { id: 'asc' } })).map(view)

export const noteBatch = async (id: number, data: { inputFile?: string; batch?: string; status?: string }): Promise<RemoteBatchRow> => view(await (await db()).remoteBatch.update({ where: { id }, data }))

export const noteCollected = async (id: number, status: string): Promise<void> => void (await (await db()).remoteBatch.update({ where: { id }, data: { status, collectedAt: new Date() } }))
