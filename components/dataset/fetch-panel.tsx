'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { datasetPath, post } from '../api'
import { sampleUrl } from '../frame/places'
import { Button } from '../ui/button'
import { ErrorNote } from '../ui/notes'
import { counted, formatCount } from '../ui/numbers'
import { Panel } from '../ui/panel'
import { Progress } from '../ui/progress'
import { Skeleton } from '../ui/skeleton'
import { useFetching } from './data-queries'

/** Pictures behind web addresses: how many are here, and why others are not. */
export function FetchPanel({ dataset }: { dataset: string }) {
  const client = useQueryClient()
  const { data, error, refetch } = useFetching(dataset)
  const start = useMutation({ mutationFn: (again: boolean) => post(`${datasetPath(dataset)}/fetch`, { again }), onSuccess: () => client.invalidateQueries({ queryKey: ['fetching', dataset] }) })
  if (error) return <ErrorNote error={error} retry={() => void refetch()} className="m-4" />
  if (!data) return <div role="status" aria-label="Loading" className="p-4"><Skeleton className="h-32" /></div>
  const total = data.fetched + data.waiting + data.failed
  return (
    <Panel title="Pictures behind web addresses">
      {total === 0 ? (
        <p className="measure text-soft">All pictures of this dataset are files here; none stands behind a web address.</p>
      ) : (
        <>
          <p className="mb-2 flex flex-wrap items-center gap-3 tabular-nums">
            <Progress value={data.fetched + data.failed} total={total} label="Fetched" />
            <span>{formatCount(data.fetched)} of {formatCount(total)} here</span>
            {data.waiting > 0 && <span className="text-soft">{formatCount(data.waiting)} to fetch</span>}
            {data.failed > 0 && <span className="text-rejected">{formatCount(data.failed)} failed</span>}
            {data.going && <span role="status" className="text-accent">fetching</span>}
          </p>
          <p className="measure mb-3 text-soft">A picture is fetched when it is looked at, or all of them now, a few at a time from each host. What cannot be reached stays to be fetched.</p>
          <div className="flex flex-wrap gap-2">
            <Button look="primary" disabled={data.waiting === 0 || data.going} busy={start.isPending} onClick={() => start.mutate(false)}>Fetch all {counted(data.waiting, 'picture')}</Button>
            {data.failed > 0 && <Button disabled={data.going} busy={start.isPending} onClick={() => start.mutate(true)}>Try the {formatCount(data.failed)} failed again</Button>}
          </div>
          {start.error && <ErrorNote error={start.error} className="mt-3" />}
          {data.failures.length > 0 && (
            <ul aria-label="Failed" className="mt-4 flex flex-col">
              {data.failures.map((one) => (
                <li key={one.id} className="border-t border-line py-1 [overflow-wrap:anywhere]">
                  <Link className="link" href={sampleUrl(dataset, one.key)}><bdi>{one.key}</bdi></Link> <span className="text-rejected">{one.why}</span> <bdi className="text-faint">{one.url}</bdi>
                </li>
              ))}
            </ul>
          )}
          {data.next !== undefined && <p className="mt-2 text-faint">The first {formatCount(data.failures.length)} are shown; all of them with: recaption fetch --dataset &quot;{dataset}&quot; --json</p>}
        </>
      )}
    </Panel>
  )
}
