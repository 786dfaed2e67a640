import { shownKeys } from './key-names'

/** Keys as caps: `g d`, `Control+k`. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="inline-flex gap-1" aria-label={shownKeys(keys).join(' ')}>
      {shownKeys(keys).map((key, i) => (
        <kbd key={i} className="inline-flex h-5 min-w-5 items-center justify-center rounded-small border border-line bg-sunken px-1 font-sans text-[11px] leading-none text-soft">{key}</kbd>
      ))}
    </span>
  )
}
