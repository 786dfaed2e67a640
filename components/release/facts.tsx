import type { ReactNode } from 'react'

/** Names with their values; a long value wraps below its name. */
export const Facts = ({ facts }: { facts: readonly (readonly [name: ReactNode, value: ReactNode])[] }) => (
  <dl className="flex flex-col">
    {facts.map(([name, value], i) => (
      <div key={i} className="flex flex-wrap items-baseline justify-between gap-x-6 border-b border-line py-1 last:border-0">
        <dt className="text-soft">{name}</dt>
        <dd className="measure min-w-0 tabular-nums">{value}</dd>
      </div>
    ))}
  </dl>
)
