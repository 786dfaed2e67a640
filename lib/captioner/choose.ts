import { captioners } from '.'
import { openaiCaptioner } from './openai'
import { captionerCard, endpointOf } from './store'
import type { Captioner } from './types'

const made = new Map<string, Captioner>()

/** A captioner by its stored id: one that is built in, or an endpoint that a person set up. Throws `not_found`. */
export async function captionerById(id: string): Promise<Captioner> {
  const known = captioners.find(id) ?? made.get(id)
  if (known) return known
  const { label } = await captionerCard(id)
  const captioner = openaiCaptioner({ id, label, resolve: () => endpointOf(id) })
  made.set(id, captioner)
  return captioner
}

/** Lets go of every child process and socket. */
export const closeCaptioners = async (): Promise<void> => {
  await Promise.all([...captioners.all, ...made.values()].map((captioner) => captioner.close?.()))
}
