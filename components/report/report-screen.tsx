'use client'

import Link from 'next/link'
import { claimChecks } from '@/lib/claim/checks'
import { flagSort, flagSorts } from '@/lib/flag/catalog'
import { ENOUGH } from '@/lib/review/grade'
import { term } from '@/lib/sample/filter'
import { datasetUrl } from '../frame/places'
import { ReviewNav } from '../people/review-nav'
import { Badge } from '../ui/badge'
import { Button } from '../ui/button'
import { cx } from '../ui/class-names'
import { ErrorNote } from '../ui/notes'
import { counted } from '../ui/numbers'
import { Panel } from '../ui/panel'
import { Skeleton } from '../ui/skeleton'
import { toast } from '../ui/toast'
import { ClaimModel } from './claim-model'
import { IntervalBar } from './interval-bar'
import { useCheckAgain, useReport, useSwitchRules, type ReportCard, type RuleGrade } from './queries'
import { WordModel } from './word-model'

/** May these checks be trusted here? */
export function ReportScreen({ dataset }: { dataset: string }) {
  const { data, error, refetch } = useReport(dataset)
  const check = useCheckAgain(dataset)
  return (
    <div className="flex h-full min-h-0 flex-col">
      <h1 className="sr-only">Report card of the checks on {dataset}</h1>
      <ReviewNav dataset={dataset} here="report" />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Panel title="The checks, graded by people" aside={<Button size="small" busy={check.isPending} onClick={() => check.mutate(undefined, { onSuccess: () => toast('The check has started'), onError: (failed) => toast(failed.message) })}>Check again</Button>}>
          <p className="measure mb-3 text-soft">Every flag is held against what people decided on the same caption, one by one. A check of claims is right where a caption was rejected for its own reason, and wrong where it was approved. From {ENOUGH} decisions on a check is graded. What you switch off raises no flags here, and those it raised are put out of sight; claims are judged anew with the next check.</p>
          {error && <ErrorNote error={error} retry={() => void refetch()} />}
          {!data && !error && <Skeleton className="h-64" />}
          {data && <Grades dataset={dataset} card={data} />}
        </Panel>
        <ClaimModel dataset={dataset} />
        <WordModel dataset={dataset} />
      </div>
    </div>
  )
}

/** Those that were graded first, then those that raised something, then the others, each in the order of the catalogue. */
function idsOf({ rules }: ReportCard): string[] {
  const rank = (id: string) => {
    const grade = rules.find((one) => one.rule === id)
    return grade?.enough ? 0 : grade ? 1 : 2
  }
  const known = flagSorts.filter((sort) => ['rule', 'guard', 'evidence'].includes(sort.raisedBy)).map((sort) => sort.id)
  return [...new Set([...known, ...claimChecks.map((one) => one.id), ...rules.map((one) => one.rule)])].sort((a, b) => rank(a) - rank(b))
}

function Grades({ dataset, card }: { dataset: string; card: ReportCard }) {
  const turn = useSwitchRules(dataset)
  const off = new Set(turn.isPending ? turn.variables : card.off)
  const set = (id: string, on: boolean) => turn.mutate(on ? [...off].filter((one) => one !== id) : [...off, id])
  return (
    <>
      {turn.error && <ErrorNote error={turn.error} className="mb-3" />}
      <ul className="divide-y divide-line border-y border-line">
        {idsOf(card).map((id) => <Rule key={id} dataset={dataset} id={id} grade={card.rules.find((one) => one.rule === id)} off={off.has(id)} busy={turn.isPending} onSet={(on) => set(id, on)} />)}
      </ul>
    </>
  )
}

/** The name of a check; `flag`: its flags can be looked at. */
function named(id: string): { label: string; hint: string; flag: boolean } {
  const claims = claimChecks.find((one) => one.id === id)
  return claims ? { ...claims, flag: false } : { ...flagSort(id), flag: true }
}

type RuleProps = { dataset: string; id: string; grade?: RuleGrade; off: boolean; busy: boolean; onSet: (on: boolean) => void }

function Rule({ dataset, id, grade, off, busy, onSet }: RuleProps) {
  const sort = named(id)
  const worse = grade?.enough && grade.kappa !== null && grade.kappa < 0
  return (
    <li className="grid gap-x-6 gap-y-1 py-2 md:grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)_auto]">
      <div className={cx('min-w-0', off && 'opacity-60')}>
        <p className="flex flex-wrap items-center gap-2">{sort.flag ? <Link className="link font-medium" href={datasetUrl(dataset, '', { filter: term('flag', id) })}>{sort.label}</Link> : <span className="font-medium">{sort.label}</span>}{worse && <Badge tone="text-rejected bg-rejected-tint">worse than chance</Badge>}{off && <Badge>switched off</Badge>}</p>
        <p className="text-faint">{sort.hint}</p>
      </div>
      {!grade ? <p className="text-faint">{sort.flag ? 'raised nothing here' : 'nothing decided that it could be held against'}</p>
        : !grade.enough ? <p className="text-soft tabular-nums">Not enough decisions: {grade.n} of {ENOUGH}</p>
        : (
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 gap-y-0.5">
            <dt className="text-soft">Right when it speaks</dt><dd><IntervalBar label="Precision" share={grade.precision} /></dd>
            <dt className="text-soft">Finds what is bad</dt><dd><IntervalBar label="Recall" share={grade.recall} /></dd>
            <dt className="text-soft">Agrees with people</dt><dd className={cx('tabular-nums', worse && 'text-rejected')}>{grade.kappa === null ? 'not defined' : `κ ${grade.kappa.toFixed(2)}`}{grade.kappaInterval && <span className="text-faint"> {grade.kappaInterval.low.toFixed(2)} to {grade.kappaInterval.high.toFixed(2)}</span>}, {counted(grade.n, 'decision')}</dd>
          </dl>
        )}
      <label className="flex min-h-8 items-center gap-2 self-start justify-self-start">
        <input type="checkbox" role="switch" checked={!off} disabled={busy} onChange={(event) => onSet(event.target.checked)} aria-label={`${sort.label} is on`} className="accent-accent" />on
      </label>
    </li>
  )
}
