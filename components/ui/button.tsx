import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from './class-names'
import { Tip } from './tip'

type Look = 'primary' | 'plain' | 'quiet' | 'danger'
const BASE = 'inline-flex items-center justify-center gap-2 rounded-medium font-medium whitespace-nowrap select-none transition-colors duration-100 disabled:opacity-50 aria-disabled:opacity-50 aria-disabled:pointer-events-none disabled:pointer-events-none'
const LOOK: Record<Look, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  plain: 'bg-raised border border-line text-ink hover:bg-hover',
  quiet: 'text-soft hover:bg-hover hover:text-ink',
  danger: 'bg-raised border border-line text-rejected hover:bg-rejected-tint',
}
const SIZE = { small: 'h-7 px-2', medium: 'h-8 px-3', large: 'h-11 px-4' } as const
type Shape = { look?: Look; size?: keyof typeof SIZE }

/** The classes of a button, for what must be another element. */
export const buttonClass = ({ look = 'plain', size = 'medium' }: Shape = {}) => cx(BASE, LOOK[look], SIZE[size])

export function Button({ look, size, className, type = 'button', busy, children, disabled, ...rest }: ComponentProps<'button'> & Shape & { busy?: boolean }) {
  return (
    <button type={type} className={cx(buttonClass({ look, size }), className)} disabled={disabled || busy} aria-busy={busy || undefined} {...rest}>
      {children}
    </button>
  )
}

export function LinkButton({ look, size, className, ...rest }: ComponentProps<typeof Link> & Shape) {
  return <Link className={cx(buttonClass({ look, size }), className)} {...rest} />
}

/** A button that shows only an icon: its label is read aloud and stands in a tooltip, with the key that does the same. */
export function IconButton({ label, keys, size = 'medium', pressed, className, children, ...rest }: ComponentProps<'button'> & { label: string; keys?: string; size?: 'small' | 'medium' | 'large'; pressed?: boolean; children: ReactNode }) {
  const side = { small: 'size-7', medium: 'size-8', large: 'size-11' }[size]
  return (
    <Tip label={label} keys={keys}>
      <button type="button" aria-label={label} aria-pressed={pressed} className={cx(BASE, LOOK.quiet, side, 'shrink-0 px-0', pressed && 'bg-hover text-ink', className)} {...rest}>
        {children}
      </button>
    </Tip>
  )
}
