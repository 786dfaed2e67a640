'use client'

import { useQuery } from '@tanstack/react-query'
import type { Cuts } from '@/lib/caption/limits'
import { MOST_CUTS } from '@/lib/caption/schema'
import { post } from '../api'
import { useTrainer } from './trainer'

type Waiting = { text: string; tell: (cuts: Cuts) => void; fail: (why: unknown) => void }
/** Start and end mark take two places of an encoder. */
const MARKS = 2
let waiting: Waiting[] = []
/** What is asked for within so many ms is asked for together. */
const TOGETHER_MS = 10

function send() {
  const all = waiting
  waiting = []
  for (let at = 0; at < all.length; at += MOST_CUTS) {
    const part = all.slice(at, at + MOST_CUTS)
    post<{ cuts: Cuts[] }>('/api/v1/cuts', { texts: part.map((one) => one.text) }).then(({ cuts }) => part.forEach((one, i) => one.tell(cuts[i])), (why: unknown) => part.forEach((one) => one.fail(why)))
  }
}

const askCuts = (text: string) =>
  new Promise<Cuts>((tell, fail) => {
    if (waiting.push({ text, tell, fail }) === 1) setTimeout(send, TOGETHER_MS)
  })

/**
 * Where encoders stop reading a text that may be no caption yet: as the answer with it told, else as the server says when
 * it is asked. Until then nothing is known of it, and a tail is an estimate.
 */
export function useCuts(text: string, known?: Cuts): Cuts | undefined {
  const { limit } = useTrainer()
  // A token is a character at least, so that a short text fits whatever it says.
  const fits = text.length <= limit.tokens - MARKS
  const { data } = useQuery({ queryKey: ['cuts', text], queryFn: () => askCuts(text), enabled: known === undefined && !fits, staleTime: Infinity, gcTime: 60_000, retry: false })
  return known ?? data ?? (fits ? {} : undefined)
}
