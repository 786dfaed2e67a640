'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useRef, type ReactNode } from 'react'
import { IconButton } from './button'
import { cx } from './class-names'

type Props = { open: boolean; onOpenChange: (open: boolean) => void; title: string; description?: string; children: ReactNode; footer?: ReactNode; side?: 'middle' | 'right' | 'left'; wide?: boolean; /** it only tells, nothing in it could be lost: a press beside it closes it */ informs?: boolean }
const SIDE = {
  middle: 'top-[8dvh] left-1/2 -translate-x-1/2 max-h-[84dvh] w-[calc(100vw-24px)] rounded-large border',
  right: 'inset-y-0 right-0 w-[min(100vw,460px)] border-l',
  left: 'inset-y-0 left-0 w-[min(86vw,320px)] border-r',
}

/** What floats over the page; the body scrolls, title and footer stay. With `side` it is a sheet at the edge. */
export function Dialog({ open, onOpenChange, title, description, children, footer, side = 'middle', wide, informs = false }: Props) {
  // Focus begins on the sheet itself: on a button its tooltip would open, and the first Escape would close only that.
  const popup = useRef<HTMLDivElement>(null)
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} disablePointerDismissal={!informs}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-veil" />
        <Base.Popup ref={popup} initialFocus={popup} className={cx('fixed z-40 flex flex-col border-line bg-raised text-ink shadow-float outline-none', SIDE[side], side === 'middle' && (wide ? 'max-w-[1040px]' : 'max-w-[560px]'))}>
          <header className="flex items-start gap-3 border-b border-line px-4 py-3">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-caption font-semibold">{title}</Base.Title>
              {description && <Base.Description className="text-soft">{description}</Base.Description>}
            </div>
            <Base.Close render={<IconButton label="Close" size="small"><X size={16} aria-hidden /></IconButton>} />
          </header>
          <div className="min-h-0 flex-1 overflow-auto overscroll-contain p-4">{children}</div>
          {footer && <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-3">{footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
