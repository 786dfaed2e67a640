import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { messageOf } from '@/lib/errors'
import { Button } from './button'

/** An empty list that teaches the next step, with the command that does the same. */
export function EmptyState({ title, children, command, action }: { title: string; children?: ReactNode; command?: string; action?: ReactNode }) {
  return (
    <section className="mx-auto flex max-w-xl flex-col items-start gap-3 px-4 py-12">
      <h2 className="text-title font-semibold">{title}</h2>
      {children && <div className="measure text-soft">{children}</div>}
      {action}
      {command && <pre className="max-w-full overflow-x-auto rounded-medium border border-line bg-sunken px-3 py-2 font-mono text-[12px] text-soft"><code>{command}</code></pre>}
    </section>
  )
}

/** What went wrong, where the person is looking, and a way to try again. */
export function ErrorNote({ error, retry, className = '' }: { error: unknown; retry?: () => void; className?: string }) {
  return (
    <div role="alert" className={`flex items-start gap-2 rounded-medium border border-rejected bg-rejected-tint px-3 py-2 text-rejected ${className}`}>
      <CircleAlert size={16} aria-hidden className="mt-0.5 shrink-0" />
      <p className="measure min-w-0 flex-1">{messageOf(error)}</p>
      {retry && <Button size="small" onClick={retry}>Try again</Button>}
    </div>
  )
}
