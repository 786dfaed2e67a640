import { z } from 'zod'
import { Entry } from './outbox'

/** A step of this person at this desk. `verdict` is known once the server has it; `withdrawn`: it was taken back before the server heard of it. */
export const Step = z.object({ entry: Entry, verdict: z.number().int().nullable(), withdrawn: z.boolean().default(false) })
export type Step = z.infer<typeof Step>
export const Steps = z.object({ done: z.array(Step), undone: z.array(Step) })
/** What can be undone and redone, oldest first. */
export type Steps = z.infer<typeof Steps>
export const NO_STEPS: Steps = { done: [], undone: [] }
const PLACE = 'recaption.steps.'
/** Where a tab keeps the steps of a dataset. */
export const placeOf = (dataset: string): string => PLACE + dataset

/**
 * To be called once something was decided elsewhere than at the desk: what a tab remembers is no longer the newest, so the
 * order of all steps, bulk steps among them, is left to the server.
 */
export function leaveToServer(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PLACE)) sessionStorage.removeItem(key)
}
/** So many steps are remembered here; beyond them the server is asked. */
export const MOST_STEPS = 500

export type StepChange = { is: 'did'; step: Step } | { is: 'undid'; withdrawn?: boolean } | { is: 'redid'; step: Step } | { is: 'numbered'; token: string; verdict: number } | { is: 'forget'; token: string } | { is: 'load'; steps: Steps }

export function steps(state: Steps, change: StepChange): Steps {
  switch (change.is) {
    case 'did':
      return { done: [...state.done, change.step].slice(-MOST_STEPS), undone: [] }
    case 'undid': {
      const last = state.done.at(-1)
      return last ? { done: state.done.slice(0, -1), undone: [...state.undone, { ...last, withdrawn: change.withdrawn ?? false }] } : state
    }
    case 'redid':
      return { done: [...state.done, change.step].slice(-MOST_STEPS), undone: state.undone.slice(0, -1) }
    case 'numbered': {
      const number = (all: Step[]) => all.map((step) => (step.entry.token === change.token ? { ...step, verdict: change.verdict } : step))
      return { done: number(state.done), undone: number(state.undone) }
    }
    case 'forget':
      return { done: state.done.filter((step) => step.entry.token !== change.token), undone: state.undone.filter((step) => step.entry.token !== change.token) }
    case 'load':
      return change.steps
  }
}

/** Reads what a tab kept; anything else is nothing. */
export function parseSteps(text: string | null): Steps {
  try {
    return Steps.catch(NO_STEPS).parse(JSON.parse(text ?? ''))
  } catch {
    return NO_STEPS
  }
}
