'use client'

import { useState } from 'react'
import type { Manifest } from '@/lib/export/schema'
import { DataTable } from '../chart/data-table'
import { Button } from '../ui/button'
import { counted, formatBytes } from '../ui/numbers'
import { Panel } from '../ui/panel'
import { CopyButton } from './copy-line'

const FIRST = 50

/** Every file with its hash. Pictures make long lists: the first ones show, all can be asked for. */
export function FilesPanel({ files, folder }: { files: Manifest['files']; folder: string }) {
  const [all, setAll] = useState(false)
  const shown = all ? files : files.slice(0, FIRST)
  const total = files.reduce((sum, file) => sum + file.bytes, 0)
  return (
    <Panel title="Files" aside={<span className="text-faint">{counted(files.length, 'file')}, {formatBytes(total)}</span>}>
      <DataTable
        caption="Files of the release with their hashes"
        head={['Path', 'Size', 'sha256', '']}
        rows={shown.map((file) => [
          <span key="p" className="block min-w-44 [overflow-wrap:anywhere]">{file.path}</span>,
          <span key="b" className="whitespace-nowrap">{formatBytes(file.bytes)}</span>,
          <code key="h" className="font-mono text-[12px]" title={file.sha256}>{file.sha256.slice(0, 16)}…</code>,
          <CopyButton key="c" text={`${file.sha256}  ${folder}/${file.path}`} label={`the hash and path of ${file.path}`} />,
        ])}
      />
      {files.length > FIRST && <Button className="mt-2" onClick={() => setAll(!all)}>{all ? `Show the first ${FIRST}` : `Show all ${counted(files.length, 'file')}`}</Button>}
    </Panel>
  )
}
