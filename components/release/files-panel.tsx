'use client'

import { useState } from 'react'
import type { FileTotals } from '@/lib/export/schema'
import { DataTable } from '../chart/data-table'
import { Button } from '../ui/button'
import { ErrorNote } from '../ui/notes'
import { counted, formatBytes, formatCount } from '../ui/numbers'
import { Panel } from '../ui/panel'
import { Skeleton } from '../ui/skeleton'
import { CopyButton } from './copy-line'
import { FILES_AT_ONCE, useFiles } from './queries'

/** Every file with its hash, a page at a time: a release with copied pictures has as many as it has samples. */
export function FilesPanel({ id, totals, folder }: { id: number; totals: FileTotals; folder: string }) {
  const [after, setAfter] = useState(0)
  const { data: files, error, isPlaceholderData, refetch } = useFiles(id, after)
  const last = Math.min(after + FILES_AT_ONCE, totals.count)
  return (
    <Panel title="Files" aside={<span className="text-faint">{counted(totals.count, 'file')}, {formatBytes(totals.bytes)}</span>}>
      {error && <ErrorNote className="mb-2" error={error} retry={() => void refetch()} />}
      {!files && !error && <Skeleton className="h-64" />}
      {files && (
        <DataTable
          className={isPlaceholderData ? 'opacity-50' : undefined}
          caption="Files of the release with their hashes"
          head={['Path', 'Size', 'sha256', '']}
          rows={files.map((file) => [
            <span key="p" className="block min-w-44 [overflow-wrap:anywhere]">{file.path}</span>,
            <span key="b" className="whitespace-nowrap">{formatBytes(file.bytes)}</span>,
            <code key="h" className="font-mono text-[12px]" title={file.sha256}>{file.sha256.slice(0, 16)}…</code>,
            <CopyButton key="c" text={`${file.sha256}  ${folder}/${file.path}`} label={`the hash and path of ${file.path}`} />,
          ])}
        />
      )}
      {totals.count > FILES_AT_ONCE && (
        <nav aria-label="Pages of files" className="mt-2 flex flex-wrap items-center gap-2">
          <Button disabled={after === 0} onClick={() => setAfter(after - FILES_AT_ONCE)}>Files before</Button>
          <Button disabled={last === totals.count} onClick={() => setAfter(last)}>Files after</Button>
          <span role="status" className="text-faint tabular-nums">{formatCount(after + 1)} to {formatCount(last)} of {formatCount(totals.count)}; all of them stand in manifest.json in its folder</span>
        </nav>
      )}
    </Panel>
  )
}
