'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { WordGain } from '@/lib/claim/word-store'
import { ask, datasetPath, post } from '../api'
import { Button } from '../ui/button'
import { ErrorNote } from '../ui/notes'
import { Panel } from '../ui/panel'
import { toast } from '../ui/toast'

type State = { on: boolean; least: number; gain: WordGain | null }
const LOOK_AGAIN_MS = 5000
const three = (value: number) => value.toFixed(3)

/** The word model of a dataset: what it gains, measured before it may speak, and its switch. */
export function WordModel({ dataset }: { dataset: string }) {
  const client = useQueryClient()
  const key = ['word-model', dataset]
  const path = `${datasetPath(dataset)}/word-model`
  const { data } = useQuery({ queryKey: key, queryFn: ({ signal }) => ask<State>(path, { signal }), refetchInterval: LOOK_AGAIN_MS })
  const measure = useMutation({ mutationFn: () => post<unknown>(path, {}), onSuccess: () => toast('The measurement has started'), onError: (error) => toast(error.message) })
  const turn = useMutation({
    mutationFn: (on: boolean) => ask<unknown>(datasetPath(dataset), { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ settings: { wordModel: on } }) }),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  })
  const gain = data?.gain
  const ready = Boolean(gain && gain.pairs >= (data?.least ?? Infinity) && gain.low > 0)
  return (
    <Panel title="The dataset’s own words" className="border-b-0" aside={<Button size="small" busy={measure.isPending} onClick={() => measure.mutate()}>Measure</Button>}>
      <p className="measure mb-2 text-soft">A small model learns which words of your alt texts go with pictures that look alike. It speaks beside the other reasons and never flags anything alone. It can be switched on from {(data?.least ?? 1000).toLocaleString('en')} pairs, once cross-validation shows that it helps.</p>
      {turn.error && <ErrorNote error={turn.error} className="mb-2" />}
      {gain ? (
        <dl className="grid max-w-prose grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 tabular-nums">
          <dt className="text-soft">Pairs measured</dt><dd>{gain.pairs.toLocaleString('en')}</dd>
          <dt className="text-soft">True above shuffled pairs (AUC)</dt><dd>{three(gain.rules)} without it, {three(gain.both)} with it; alone {three(gain.alone)}</dd>
          <dt className="text-soft">Gain</dt><dd>{three(gain.gain)} <span className="text-faint">{three(gain.low)} to {three(gain.high)}</span></dd>
        </dl>
      ) : <p className="text-faint">Not measured yet.</p>}
      <label className="mt-2 flex min-h-8 items-center gap-2">
        <input type="checkbox" role="switch" checked={data?.on ?? false} disabled={turn.isPending || (!ready && !data?.on)} onChange={(event) => turn.mutate(event.target.checked)} className="accent-accent" />
        The word model speaks too{gain && !ready ? ` (${gain.pairs < (data?.least ?? Infinity) ? 'too few pairs' : 'no sure gain'})` : ''}
      </label>
    </Panel>
  )
}
