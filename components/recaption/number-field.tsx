'use client'

import { useState } from 'react'
import { Field, Input } from '../ui/input'
import { useWrong } from './wrong-fields'

type Props = { label: string; hint?: string; value: number | null; onChange: (value: number | null) => void; least?: number; most?: number; whole?: boolean; placeholder?: string }

/** A number that may be left out. What is typed stays as typed; only what is a number within its bounds is told, and a form with another is not sent. */
export function NumberField({ label, hint, value, onChange, least = 0, most = Number.MAX_SAFE_INTEGER, whole, placeholder }: Props) {
  const [draft, setDraft] = useState(value === null ? '' : String(value))
  const [known, setKnown] = useState(value)
  if (known !== value) {
    setKnown(value)
    if (value !== read(draft)) setDraft(value === null ? '' : String(value))
  }
  const error = wrong(draft, { least, most, whole })
  useWrong(label, error !== undefined)
  return (
    <Field label={label} hint={hint} error={error}>
      <Input
        ref={(input) => input?.setCustomValidity(error ?? '')}
        inputMode={whole ? 'numeric' : 'decimal'}
        autoComplete="off"
        value={draft}
        placeholder={placeholder}
        aria-invalid={error !== undefined}
        className="tabular-nums"
        onChange={(event) => {
          setDraft(event.target.value)
          if (!wrong(event.target.value, { least, most, whole })) onChange(read(event.target.value))
        }}
      />
    </Field>
  )
}

const read = (text: string): number | null => (text.trim() === '' ? null : Number(text.trim().replace(',', '.')))

function wrong(text: string, { least, most, whole }: { least: number; most: number; whole?: boolean }): string | undefined {
  const value = read(text)
  if (value === null) return undefined
  if (!Number.isFinite(value) || (whole && !Number.isInteger(value))) return whole ? 'A whole number, please.' : 'A number, please.'
  if (value < least) return `At least ${least}.`
  return value > most ? `At most ${most}.` : undefined
}
