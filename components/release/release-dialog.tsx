'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { BlendSpec } from '@/lib/blend/schema'
import { Images, type ReleaseInput } from '@/lib/export/schema'
import { datasetUrl } from '../frame/places'
import { useFormats } from '../queries'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field, Input, Select } from '../ui/input'
import { ErrorNote } from '../ui/notes'
import { makeRelease } from './queries'
import { readSplits } from './splits'

const IMAGES: Record<Images, string> = { copy: 'Copied into the release', link: 'Linked: no second copy on this disk', relative: 'Paths from the release to where pictures lie', reference: 'Referenced, as the source gave them' }
const TABLES = ['csv', 'tsv']

/** What a release needs to know beyond its blend. */
export function ReleaseDialog({ dataset, spec, open, onOpenChange }: { dataset: string; spec: BlendSpec; open: boolean; onOpenChange: (open: boolean) => void }) {
  const router = useRouter()
  const client = useQueryClient()
  const { data: formats, error: away } = useFormats()
  const [format, setFormat] = useState('imagefolder')
  const [images, setImages] = useState<Images>('copy')
  const [profile, setProfile] = useState<ReleaseInput['profile']>('exact')
  const [folder, setFolder] = useState('')
  const [splits, setSplits] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const read = readSplits(splits)
  const write = async (event: React.FormEvent) => {
    event.preventDefault()
    if ('why' in read) return
    setBusy(true)
    setError(null)
    try {
      const { release } = await makeRelease({ ...spec, dataset, format, images, profile: TABLES.includes(format) ? profile : 'exact', ...read, ...(folder.trim() ? { out: folder.trim() } : {}) })
      void client.invalidateQueries({ queryKey: ['releases', dataset] })
      router.push(datasetUrl(dataset, `/releases/${release}`))
    } catch (failed) {
      setError(failed)
      setBusy(false)
    }
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Make a release" description="It is written aside, read back by the same format, and gets its name only when counts and hashes agree.">
      <form id="release" onSubmit={(event) => void write(event)} className="flex flex-col gap-4">
        {away && <ErrorNote error={away} />}
        <Field label="Format"><Select value={format} onChange={(event) => setFormat(event.target.value)} options={(formats ?? [{ id: format, label: format, writes: true }]).filter((one) => one.writes).map((one) => ({ value: one.id, label: one.label }))} /></Field>
        <Field label="Pictures"><Select value={images} onChange={(event) => setImages(Images.parse(event.target.value))} options={Images.options.map((value) => ({ value, label: IMAGES[value] }))} /></Field>
        {TABLES.includes(format) && (
          <Field label="Cells" hint={profile === 'spreadsheet' ? 'Cells that a spreadsheet would run as formulas begin with an apostrophe; the manifest says so.' : 'Byte for byte what was captioned.'}>
            <Select value={profile} onChange={(event) => setProfile(event.target.value === 'spreadsheet' ? 'spreadsheet' : 'exact')} options={[{ value: 'exact', label: 'Exact' }, { value: 'spreadsheet', label: 'Safe for spreadsheets' }]} />
          </Field>
        )}
        <Field label="Splits" error={'why' in read ? read.why : undefined} hint="By hash of the key; near-duplicates stay in one split. Empty: none."><Input value={splits} placeholder="train=0.9, val=0.1" onChange={(event) => setSplits(event.target.value)} /></Field>
        <Field label="Folder" hint="Below the releases of this desk. Empty: named after the dataset."><Input value={folder} onChange={(event) => setFolder(event.target.value)} /></Field>
        {error !== null && <ErrorNote error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy}>Write the release</Button>
        </div>
      </form>
    </Dialog>
  )
}
