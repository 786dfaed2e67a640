'use client'

import { useState } from 'react'
import { readFilter } from '../dataset/terms'
import { HowStep } from './how-step'
import { PlanStep } from './plan-step'
import { useCounted } from './queries'
import { RunList } from './run-list'
import { useRequest } from './use-request'
import { WhichStep } from './which-step'
import { FieldWatch } from './wrong-fields'

/** What will it write, cost and leave alone? */
export function RecaptionScreen({ dataset }: { dataset: string }) {
  const { state, change, asked } = useRequest()
  const readable = readFilter(state.filter).filter !== undefined
  const [held, setHeld] = useState('')
  const counted = useCounted(dataset, asked, readable)
  return (
    <FieldWatch>
      <div className="lg:grid lg:h-full lg:min-h-0 lg:grid-cols-[minmax(360px,2fr)_minmax(0,3fr)]">
        <h1 className="sr-only">Recaption {dataset}: what will it write, cost and leave alone?</h1>
        <div className="lg:overflow-y-auto lg:border-r lg:border-line">
          <WhichStep dataset={dataset} state={state} change={change} counted={counted} onHeld={setHeld} />
          <HowStep dataset={dataset} state={state} change={change} />
        </div>
        <div className="min-w-0 lg:overflow-y-auto">
          <PlanStep dataset={dataset} state={state} change={change} asked={asked} counted={counted} held={held} />
          <RunList dataset={dataset} />
        </div>
      </div>
    </FieldWatch>
  )
}
