'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { datasetUrl } from '../frame/places'
import { cx } from '../ui/class-names'

const PAGES = [
  { path: '/about', label: 'About' },
  { path: '/problems', label: 'Problems' },
  { path: '/duplicates', label: 'Duplicates' },
  { path: '/sources', label: 'Sources' },
] as const

/** The pages about the data itself, beside each other; `title` is the question that this one answers. */
export function DataFrame({ dataset, title, children, wide }: { dataset: string; title: string; children: ReactNode; wide?: boolean }) {
  const here = usePathname().split('/')[3]
  return (
    <div className={cx('mx-auto pb-12', wide ? 'max-w-6xl' : 'max-w-4xl')}>
      <nav aria-label="About the data" className="flex gap-4 overflow-x-auto border-b border-line px-4 pt-2">
        {PAGES.map((page) => (
          <Link key={page.path} href={datasetUrl(dataset, page.path)} aria-current={`/${here}` === page.path ? 'page' : undefined} className={cx('-mb-px border-b-2 py-2', `/${here}` === page.path ? 'border-accent text-ink' : 'border-transparent text-soft hover:text-ink')}>{page.label}</Link>
        ))}
      </nav>
      <h1 className="px-4 pt-4 text-title font-semibold">{title}</h1>
      {children}
    </div>
  )
}
