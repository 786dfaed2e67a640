'use client'

import { useEffect, useMemo, useState } from 'react'
import type { ImportPreview } from '../../api'
import { useImportPreview } from '../../queries'
import { canBeRead } from './reading'
import type { ImportStage } from './use-import-flow'

/** After this pause a correction is looked at. */
const PAUSE_MS = 300

/** How the source is read under the newest correction. The last good sight stays while another is looked at, and when it is refused. */
export function useReading({ name, upload, format, mapping }: Extract<ImportStage, { at: 'mapping' }>) {
  const choice = useMemo(() => ({ upload, format, ...mapping }), [upload, format, mapping])
  const [looked, setLooked] = useState(choice)
  const [last, setLast] = useState<ImportPreview>()
  const readable = canBeRead(mapping)
  const settled = looked === choice
  useEffect(() => {
    if (settled || !readable) return
    const timer = setTimeout(() => setLooked(choice), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [choice, settled, readable])
  const { data, error, isPlaceholderData, refetch } = useImportPreview(name, looked)
  if (data && !isPlaceholderData && data !== last) setLast(data)
  return {
    last,
    error,
    retry: () => void refetch(),
    /** what is shown is what would be imported */
    fresh: settled && data !== undefined && !isPlaceholderData,
  }
}
