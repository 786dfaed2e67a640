'use client'

import { Plus, X } from 'lucide-react'
import type { CaptionColumn, Mapping } from '@/lib/format/types'
import type { ImportPreview } from '../../api'
import { useFormats } from '../../queries'
import { Button, IconButton } from '../../ui/button'
import { Field, Input, Select } from '../../ui/input'
import { ErrorNote } from '../../ui/notes'
import { kindRefusal } from './reading'

type Props = { /** as this format reads it; absent until it does */ preview?: ImportPreview; mapping: Mapping; /** absent until one is recognised or chosen */ format?: string; onFormat: (format: string) => void; onMapping: (mapping: Mapping) => void }

const NONE = { value: '', label: 'none' }
const ORIGINS = [{ value: 'source', label: 'came with the data' }, { value: 'model', label: 'a model wrote it' }, { value: 'human', label: 'a person wrote it' }]

/** How the source is read: its format, and for a table what each column is. */
export function MappingForm({ preview, mapping, format, onFormat, onMapping }: Props) {
  const { data: formats, error, refetch } = useFormats()
  const names = preview?.columns ?? []
  const columns = names.map((column) => ({ value: column, label: column }))
  const readers = formats?.filter(({ reads }) => reads).map(({ id, label }) => ({ value: id, label })) ?? (preview ? [{ value: preview.format, label: preview.label }] : [])
  const captions = mapping.captions ?? []
  const used = new Set(captions.map((caption) => caption.column))
  const free = names.find((column) => !used.has(column) && column !== mapping.image && column !== mapping.key)
  const change = (at: number, part: Partial<CaptionColumn>) => onMapping({ ...mapping, captions: captions.map((caption, i) => (i === at ? { ...caption, ...part } : caption)) })
  return (
    <section aria-label="How it is read" className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-4">
        <Field label="Format">
          <Select value={format ?? ''} onChange={(event) => onFormat(event.target.value)} options={[...(format ? [] : [{ value: '', label: 'not recognised yet' }]), ...readers]} />
        </Field>
        {columns.length > 0 && (
          <>
            <Field label="Picture column"><Select value={mapping.image ?? ''} onChange={(event) => onMapping({ ...mapping, image: event.target.value || undefined })} options={[NONE, ...columns]} className="max-w-48" /></Field>
            <Field label="Key column"><Select value={mapping.key ?? ''} onChange={(event) => onMapping({ ...mapping, key: event.target.value || undefined })} options={[{ value: '', label: 'the picture’s path' }, ...columns]} className="max-w-48" /></Field>
          </>
        )}
      </div>
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {columns.length > 0 && (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 text-soft">Caption columns; all others are carried along to the export</legend>
          {captions.map((caption, at) => (
            <div key={at} role="group" aria-label={`Caption column ${caption.column}`} className="flex flex-wrap items-center gap-2">
              <Select aria-label="Column" value={caption.column} onChange={(event) => change(at, { column: event.target.value })} options={columns} className="max-w-48" />
              <span className="text-faint">is</span>
              <Input aria-label="Kind" value={caption.kind} aria-invalid={kindRefusal(caption.kind) !== undefined} onChange={(event) => change(at, { kind: event.target.value })} className="max-w-28" list="kinds" />
              <Select aria-label="Origin" value={caption.origin} onChange={(event) => change(at, { origin: event.target.value as CaptionColumn['origin'] })} options={ORIGINS} />
              {caption.origin === 'model' && <Input aria-label="Model" placeholder="which model" value={caption.model ?? ''} onChange={(event) => change(at, { model: event.target.value || undefined })} className="max-w-40" />}
              <IconButton label={`Do not read ${caption.column} as a caption`} onClick={() => onMapping({ ...mapping, captions: captions.filter((_, i) => i !== at) })}><X size={16} aria-hidden /></IconButton>
              {kindRefusal(caption.kind) && <p role="alert" className="w-full text-rejected">{kindRefusal(caption.kind)}</p>}
            </div>
          ))}
          <datalist id="kinds"><option value="alt" /><option value="short" /><option value="detailed" /></datalist>
          {free !== undefined && <Button size="small" className="self-start" onClick={() => onMapping({ ...mapping, captions: [...captions, { column: free, kind: captions.length ? 'short' : 'alt', origin: 'source' }] })}><Plus size={14} aria-hidden />Another caption column</Button>}
        </fieldset>
      )}
    </section>
  )
}
