import { cloneElement, useId, type ComponentProps, type ReactElement } from 'react'
import { cx } from './class-names'

const FIELD = 'rounded-medium border border-line-strong bg-page text-ink px-2 text-data aria-invalid:border-rejected disabled:opacity-60'

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={cx(FIELD, 'h-8 w-full min-w-0', className)} {...rest} />
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={cx(FIELD, 'w-full py-2 text-caption', className)} {...rest} />
}

/** The system's own list: it opens as people know it, on a telephone too. */
export function Select({ className, options, ...rest }: Omit<ComponentProps<'select'>, 'children'> & { options: readonly { value: string; label: string }[] }) {
  return (
    <select className={cx(FIELD, 'h-8 pr-1', className)} {...rest}>
      {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
    </select>
  )
}

type Control = ReactElement<{ id?: string; 'aria-describedby'?: string }>

/** A label above its field, and below it what is wrong, or a hint. */
export function Field({ label, hint, error, children }: { label: string; hint?: string; error?: string; children: Control }) {
  const id = useId()
  const below = error ?? hint
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-soft">{label}</label>
      {cloneElement(children, { id, 'aria-describedby': below ? `${id}-below` : undefined })}
      {below && <p id={`${id}-below`} role={error ? 'alert' : undefined} className={error ? 'text-rejected' : 'text-faint'}>{below}</p>}
    </div>
  )
}
