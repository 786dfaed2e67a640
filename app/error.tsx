'use client'

import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/notes'

/** What is left when a page breaks: nothing that was decided is lost, and there is a way on. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <EmptyState title="This page broke" action={<Button look="primary" onClick={reset}>Try again</Button>} command="recaption doctor">
      <p>{error.message}</p>
      <p>Your data and decisions are as they were. The server’s log says more{error.digest && ` under ${error.digest}`}.</p>
    </EmptyState>
  )
}
