'use client'

import { useRouter } from 'next/navigation'
import { DatasetName } from '@/lib/dataset/schema'
import { useImport } from '../../queries'
import { datasetUrl } from '../../frame/places'
import { Button } from '../../ui/button'
import { cx } from '../../ui/class-names'
import { Dialog } from '../../ui/dialog'
import { Field, Input } from '../../ui/input'
import { ErrorNote } from '../../ui/notes'
import { counted, formatBytes, formatCount } from '../../ui/numbers'
import { Progress } from '../../ui/progress'
import { Skeleton } from '../../ui/skeleton'
import { MappingForm } from './mapping-form'
import { mayPass, refusalHere } from './reading'
import { Problems, RowsAsRead } from './rows-as-read'
import type { ImportFlow, ImportStage } from './use-import-flow'
import { useLeave } from './use-leave'
import { useReading } from './use-reading'

/** The one sheet from drop to done: sending, looking and correcting, watching. */
export function ImportDialog({ flow }: { flow: ImportFlow }) {
  const { stage, close } = flow
  if (stage.at === 'uploading') return <Uploading stage={stage} flow={flow} />
  if (stage.at === 'mapping') return <Sheet stage={stage} flow={flow} />
  if (stage.at === 'running') return <Running stage={stage} close={close} />
  return null
}
type At<A extends ImportStage['at']> = Extract<ImportStage, { at: A }>
const asOpen = (close: () => void) => (open: boolean) => void (open || close())
const sizeOf = ({ picked }: { picked: At<'mapping'>['picked'] }) => `${counted(picked.files.length, 'file')}, ${formatBytes(picked.bytes)}`

function Uploading({ stage, flow }: { stage: At<'uploading'>; flow: ImportFlow }) {
  const { picked, sent, error } = stage
  const leave = useLeave(flow.close, !error)
  return (
    <Dialog open onOpenChange={leave.onOpenChange} title={`Taking in ${picked.name}`} description={`${sizeOf(stage)}. It stays on this machine.`} footer={leave.asking ? <LeaveButtons act="Stop the upload" onLeave={flow.close} onStay={leave.stay} /> : <Button onClick={flow.close}>Cancel</Button>}>
      {leave.asking && <p role="alert" className="mb-3">Stop the upload? What was sent so far is thrown away.</p>}
      {error ? <ErrorNote error={error} retry={() => flow.begin(picked)} /> : (
        <p className="flex flex-col gap-2">
          <Progress value={sent.bytes} total={picked.bytes} label="Upload" className="w-full" />
          <span className="text-soft tabular-nums">{formatCount(sent.files)} of {counted(picked.files.length, 'file')}, {formatBytes(sent.bytes)} of {formatBytes(picked.bytes)}</span>
        </p>
      )}
    </Dialog>
  )
}

function Sheet({ stage, flow }: { stage: At<'mapping'>; flow: ImportFlow }) {
  const { picked, format, mapping, name, error, starting } = stage
  const { last, fresh, error: refusal, retry } = useReading(stage)
  const leave = useLeave(flow.close, !starting)
  const checked = DatasetName.safeParse(name)
  const nothing = last !== undefined && last.samples.length === 0
  // Columns belong to the format that read them.
  const same = last !== undefined && (format === undefined || format === last.format) ? last : undefined
  return (
    <Dialog
      open
      wide
      onOpenChange={leave.onOpenChange}
      title={`Import ${picked.name}`}
      description={`${sizeOf(stage)}. See how it will be read, and correct it where the guess is wrong.`}
      footer={
        leave.asking ? <LeaveButtons act="Leave" onLeave={flow.close} onStay={leave.stay} /> : <>
          <Button onClick={flow.close}>Cancel</Button>
          <Button look="primary" busy={starting} disabled={!fresh || !checked.success || nothing} onClick={() => void flow.start()}>Import into {name.trim() || '…'}</Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {leave.asking && <p role="alert">Leave without importing? What was sent and what you corrected is thrown away.</p>}
        {error && <ErrorNote error={error} />}
        <div className="max-w-96">
          <Field label="Dataset" error={checked.success ? undefined : checked.error.issues[0].message} hint="A name that exists already is added to; what is there already is not taken twice.">
            <Input value={name} aria-invalid={!checked.success} onChange={(event) => flow.correct({ name: event.target.value })} />
          </Field>
        </div>
        <MappingForm preview={same} mapping={mapping ?? same?.mapping ?? {}} format={format ?? same?.format} onFormat={(next) => flow.correct({ format: next, mapping: undefined })} onMapping={(next) => flow.correct({ mapping: next })} />
        {refusal && <ErrorNote error={refusalHere(refusal, picked)} retry={mayPass(refusal) ? retry : undefined} />}
        {!last && !refusal && <div role="status" aria-label="Looking at it" className="flex flex-col gap-2">{Array.from({ length: 8 }, (_, i) => <Skeleton key={i} className="h-7" />)}</div>}
        {last && (
          <div aria-busy={!fresh} className={cx('flex flex-col gap-5', !fresh && 'opacity-50')}>
            <RowsAsRead preview={last} />
            {nothing && last.problems.length === 0 && <p className="text-soft">No sample was found here. Another format may fit, or the folder holds no pictures.</p>}
            <Problems problems={last.problems} title={(count) => `${counted(count, 'problem')} so far`} />
          </div>
        )}
      </div>
    </Dialog>
  )
}

const LeaveButtons = ({ act, onLeave, onStay }: { act: string; onLeave: () => void; onStay: () => void }) => (
  <>
    <Button look="danger" onClick={onLeave}>{act}</Button>
    <Button look="primary" onClick={onStay}>Go on</Button>
  </>
)

function Running({ stage, close }: { stage: At<'running'>; close: () => void }) {
  const router = useRouter()
  const { data, error, refetch } = useImport(stage.id)
  const over = data?.status === 'done' || data?.status === 'failed'
  const open = () => {
    close()
    router.push(datasetUrl(stage.name))
  }
  return (
    <Dialog
      open
      informs
      onOpenChange={asOpen(close)}
      title={data?.status === 'done' ? `${stage.name} is imported` : data?.status === 'failed' ? `The import of ${stage.name} stopped` : `Importing ${stage.name}`}
      description={over ? undefined : 'It goes on when this sheet is closed.'}
      footer={<><Button onClick={close}>Close</Button><Button look="primary" disabled={!data || data.added + data.skipped === 0} onClick={open}>Inspect {stage.name}</Button></>}
    >
      <div className="flex flex-col gap-3">
        {error && <ErrorNote error={error} retry={() => void refetch()} />}
        {data?.status === 'failed' && <ErrorNote error={new Error(data.why)} />}
        {!over && <Progress value={data?.added ?? 0} label="Import" className="w-full" />}
        {data && (
          <p role="status" className="tabular-nums">
            {counted(data.added, 'sample')} added{data.skipped > 0 && `, ${formatCount(data.skipped)} there already`}{data.problemCount > 0 && `, ${counted(data.problemCount, 'problem')}`}
          </p>
        )}
        {data && <Problems problems={data.problems} title={() => 'What could not be read'} />}
      </div>
    </Dialog>
  )
}
