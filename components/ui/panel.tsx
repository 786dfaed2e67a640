import { useId, type ReactNode } from 'react'
import { cx } from './class-names'

/** A part of the page with its heading. Panels touch; one hairline separates them. */
export function Panel({ title, aside, children, className }: { title: ReactNode; aside?: ReactNode; children: ReactNode; className?: string }) {
  const heading = useId()
  return (
    <section aria-labelledby={heading} className={cx('border-b border-line', className)}>
      <header className="flex min-h-10 flex-wrap items-center gap-2 px-4 pt-3">
        <h2 id={heading} className="flex-1 font-semibold">{title}</h2>
        {aside}
      </header>
      <div className="px-4 pt-1 pb-4">{children}</div>
    </section>
  )
}

export function Toolbar({ label, children, className }: { label: string; children: ReactNode; className?: string }) {
  return <div role="toolbar" aria-label={label} className={cx('flex min-h-11 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5', className)}>{children}</div>
}
