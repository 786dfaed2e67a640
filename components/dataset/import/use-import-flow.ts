'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Mapping } from '@/lib/format/types'
import { datasetPath, post } from '../../api'
import { useImport } from '../../queries'
import { toast } from '../../ui/toast'
import type { Picked } from './picked'
import { uploadAll, type Sent } from './upload'

export type ImportStage =
  | { at: 'closed' }
  | { at: 'uploading'; picked: Picked; sent: Sent; error?: Error }
  | { at: 'mapping'; picked: Picked; upload: string; name: string; format?: string; mapping?: Mapping; error?: Error; starting?: boolean }
  | { at: 'running'; picked: Picked; name: string; id: number }

/** From what was dropped to an import that runs: upload, look and correct, start. */
export function useImportFlow() {
  const [stage, setStage] = useState<ImportStage>({ at: 'closed' })
  const sending = useRef<AbortController | null>(null)
  const client = useQueryClient()
  // Watched to its end, also after the sheet is closed: the cards behind it count what came.
  const [running, setRunning] = useState<number | null>(null)
  const status = useImport(running).data?.status
  const refresh = useCallback(() => void client.invalidateQueries({ queryKey: ['datasets'] }), [client])
  useEffect(() => {
    if (status === 'done' || status === 'failed') refresh()
  }, [running, status, refresh])

  const begin = useCallback((picked: Picked) => {
    if (picked.files.length === 0) return void toast.error('Nothing to import: no files are in it.')
    sending.current?.abort()
    const controller = new AbortController()
    sending.current = controller
    const unlessLeft = (next: ImportStage) => void (controller.signal.aborted || setStage(next))
    const sent = { files: 0, bytes: 0 }
    setStage({ at: 'uploading', picked, sent })
    uploadAll(picked, (now) => unlessLeft({ at: 'uploading', picked, sent: Object.assign(sent, now) }), controller.signal).then(
      (upload) => unlessLeft({ at: 'mapping', picked, upload, name: picked.name }),
      (error: Error) => unlessLeft({ at: 'uploading', picked, sent, error }),
    )
  }, [])
  const close = useCallback(() => {
    sending.current?.abort()
    setStage({ at: 'closed' })
    refresh()
  }, [refresh])
  const correct = (change: Partial<Extract<ImportStage, { at: 'mapping' }>>) => setStage((now) => (now.at === 'mapping' ? { ...now, error: undefined, ...change } : now))
  const start = async () => {
    if (stage.at !== 'mapping' || stage.starting) return
    const { picked, upload, format, mapping, name } = stage
    correct({ starting: true })
    try {
      const { import: id } = await post<{ import: number }>(`${datasetPath(name.trim())}/imports`, { upload, format, ...mapping })
      setStage({ at: 'running', picked, name: name.trim(), id })
      setRunning(id)
    } catch (error) {
      correct({ starting: false, error: error as Error })
    }
  }
  return { stage, begin, close, correct, start }
}
export type ImportFlow = ReturnType<typeof useImportFlow>
