'use client'

import { useCallback, useRef, useState } from 'react'
import type { Mapping } from '@/lib/format/types'
import { datasetPath, post } from '../../api'
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

  const begin = useCallback((picked: Picked) => {
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
  }, [])
  const correct = (change: Partial<Extract<ImportStage, { at: 'mapping' }>>) => setStage((now) => (now.at === 'mapping' ? { ...now, error: undefined, ...change } : now))
  const start = async () => {
    if (stage.at !== 'mapping' || stage.starting) return
    const { picked, upload, format, mapping, name } = stage
    correct({ starting: true })
    try {
      const { import: id } = await post<{ import: number }>(`${datasetPath(name.trim())}/imports`, { upload, format, ...mapping })
      setStage({ at: 'running', picked, name: name.trim(), id })
    } catch (error) {
      correct({ starting: false, error: error as Error })
    }
  }
  return { stage, begin, close, correct, start }
}
export type ImportFlow = ReturnType<typeof useImportFlow>
