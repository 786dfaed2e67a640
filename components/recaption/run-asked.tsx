import { Panel } from '../ui/panel'
import { RelativeTime } from '../ui/relative-time'
import type { RunView } from './queries'

/** The request as it was. */
export function RunAsked({ run }: { run: RunView }) {
  const { extras } = run
  const facts: [string, string | null | undefined][] = [
    ['Recipe', `${run.recipe}, version ${run.recipeVersion}; writes ${run.kind}`],
    ['Captioner', `${run.captioner}, ${run.model}`],
    ['Filter', run.filter || 'every sample'],
    ['Rejected for', extras.rejectedFor],
    ['Keys', extras.keys?.join(', ')],
    ['Parameters', Object.entries(run.params).map(([name, value]) => `${name} ${value}`).join(', ')],
    ['Wish', extras.hint],
    ['Keep if better by', extras.keepIfBetter?.map((by) => `${by.metric} (${by.better})`).join(', ')],
    ['Price of a million tokens', extras.price && `$${extras.price.input} in, $${extras.price.output} out`],
    ['Pace', `${extras.concurrency} at a time${extras.rpm ? `, ${extras.rpm} a minute` : ''}, ${extras.attempts} attempts a sample${extras.batch ? ', by batches' : ''}`],
    ['Asked for by', run.author],
  ]
  return (
    <Panel title="What was asked">
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1">
        {facts.map(([name, value]) => value && <div key={name} className="contents"><dt className="text-faint">{name}</dt><dd className="max-h-32 overflow-y-auto [overflow-wrap:anywhere]">{value}</dd></div>)}
        <dt className="text-faint">When</dt><dd><RelativeTime at={run.createdAt} /></dd>
      </dl>
    </Panel>
  )
}
