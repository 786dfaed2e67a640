'use client'

import { Scissors } from 'lucide-react'
import { limits } from '@/lib/caption/limits'
import { buttonClass } from '../ui/button'
import { cx } from '../ui/class-names'
import { Menu } from '../ui/menu'
import { useTrainer } from './trainer'

/** The same choice as the trainer picker's where there is little room: the encoder's name, and a menu of all. */
export function TrainerMenu({ className }: { className?: string }) {
  const { limit, choose } = useTrainer()
  return (
    <Menu
      label="Trainers" align="end"
      entries={limits.map((one) => ({ label: one.label, hint: one.usedBy, checked: one.id === limit.id, onSelect: () => choose(one.id) }))}
      trigger={<button type="button" aria-label={`Captions are shown as ${limit.label} reads them. Change the trainer`} className={cx(buttonClass({ look: 'quiet' }), 'shrink-0 px-2', className)}><Scissors size={16} aria-hidden /><span className="max-lg:hidden">{limit.label}</span></button>}
    />
  )
}
