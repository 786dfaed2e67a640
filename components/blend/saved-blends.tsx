'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { BlendSpec } from '@/lib/blend/schema'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field, Input } from '../ui/input'
import { Menu } from '../ui/menu'
import { ErrorNote } from '../ui/notes'
import { toast } from '../ui/toast'
import { saveBlend, useSavedBlends } from './queries'
import type { Change } from './use-blend'

/** Blends kept under a name; opening one sets the whole screen. */
export function SavedBlends({ dataset, spec, change }: { dataset: string; spec: BlendSpec; change: Change }) {
  const client = useQueryClient()
  const { data } = useSavedBlends(dataset)
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [error, setError] = useState<unknown>(null)
  const same = (one: BlendSpec) => JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(spec).sort())
  const keep = async (event: React.FormEvent) => {
    event.preventDefault()
    try {
      const saved = await saveBlend(dataset, name, spec)
      await client.invalidateQueries({ queryKey: ['blends', dataset] })
      setOpen(false)
      toast(`Kept as “${saved.name}”.`)
    } catch (failed) {
      setError(failed)
    }
  }
  return (
    <>
      <Menu
        label="Saved blends"
        align="end"
        trigger={<Button look="quiet">Saved blends</Button>}
        entries={[...(data ?? []).map((one) => ({ label: one.name, checked: same(one.spec), hint: `${Math.round(one.spec.p * 100)} %`, onSelect: () => change(one.spec) })), { label: 'Keep this one as…', onSelect: () => { setError(null); setOpen(true) } }]}
      />
      <Dialog open={open} onOpenChange={setOpen} title="Keep this blend" description="A name that is taken is replaced.">
        <form onSubmit={(event) => void keep(event)} className="flex flex-col gap-3">
          <Field label="Name"><Input autoFocus required maxLength={80} value={name} onChange={(event) => setName(event.target.value)} /></Field>
          {error !== null && <ErrorNote error={error} />}
          <div className="flex justify-end"><Button type="submit" look="primary">Keep</Button></div>
        </form>
      </Dialog>
    </>
  )
}
